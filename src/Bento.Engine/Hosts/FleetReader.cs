using Bento.Files;
using Bento.Processes;
using Bento.Repositories;
using Microsoft.Extensions.Options;

namespace Bento.Hosts;

/// <summary>
/// Reads the Bento directory: which configuration directories there are and how their trees look. Starts no Nix and writes nothing.
/// </summary>
internal sealed class FleetReader(IOptions<BentoOptions> options, WorkTreeReader workTrees, TimeProvider clock)
{
    private readonly BentoOptions _options = options.Value;

    /// <exception cref="InvalidFleetException">There is nothing that could be a fleet, or git does not say what belongs to it.</exception>
    public async Task<FleetReading> ReadAsync(CancellationToken cancellationToken)
    {
        var found = ConfigurationDirectories.Find(_options.Directory, _options.Layout);
        var secretsName = _options.HostSecretsDirectory ?? BentoFiles.SecretsDirectory;
        List<ConfigurationDirectory> configurations =
            [.. found.Directories.Where(IsWanted).Select(configuration => configuration with { SecretsName = secretsName })];
        var scannedAt = clock.GetUtcNow();
        var workTree = await ReadWorkTreeAsync(configurations, cancellationToken).ConfigureAwait(false);
        List<FleetProblem> absent = [.. found.Others.Select(other => FindSubmodule(other, workTree)).OfType<FleetProblem>()];
        List<FleetProblem> undescribed = [.. found.Others.ExceptBy(absent.Select(other => other.Path), other => other.Path)];
        var secrets = SecretsDirectory.FindAll(_options.Directory, configurations, secretsName);
        var shared = ScanShared(secrets, workTree);
        var scanned = configurations
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .Select(configuration => Scan(configuration, shared, secrets, workTree, scannedAt))
            .ToList();
        List<FleetProblem> foreign = [.. configurations.Select(FindForeignSecrets).OfType<FleetProblem>()];
        var wrong = foreign.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal);
        return new FleetReading(
            [.. scanned.Where(directory => directory.Scan.Problems.Count == 0 && !wrong.Contains(SecretsPath(directory.Configuration)))],
            [
                .. found.Problems,
                .. absent,
                .. undescribed.Where(IsExpected),
                .. scanned.SelectMany(directory => directory.Scan.Problems).Distinct(),
                .. foreign,
            ])
        {
            Remarks = [.. undescribed.Where(other => !IsExpected(other) && !IsIgnored(Path.GetFileName(other.Path)))],
        };
    }

    private bool IsWanted(ConfigurationDirectory configuration) => configuration.IsWholeTree || !IsIgnored(configuration.Name);

    private bool IsIgnored(string directory) => _options.IgnoreDirectories.Contains(directory);

    /// <summary>Whether somebody speaks of a host that a directory without a description is called like.</summary>
    private bool IsExpected(FleetProblem other) => _options.Hosts.ContainsKey(Path.GetFileName(other.Path));

    private FleetProblem? FindSubmodule(FleetProblem other, WorkTreeFiles workTree) =>
        RealPath.Find(Path.Join(_options.Directory, other.Path)) is { } place
            && workTree.IsAbsentSubmodule(place)
            && !IsIgnored(Path.GetFileName(other.Path))
            ? other with { Message = $"{new AbsentSubmodule(place)}" }
            : null;

    private FleetProblem? FindForeignSecrets(ConfigurationDirectory configuration) =>
        _options.HostSecretsDirectory is null
            && ForeignSecrets.Find(Path.Join(configuration.FullPath, configuration.SecretsName)) is var (tool, file)
            ? new FleetProblem(
                SecretsPath(configuration),
                $"'{PlainText.OfLine(file)}' in it belongs to {tool}, whose files a configuration needs; what lies here is encrypted by "
                    + "Bento instead, and no configuration sees it. Name another directory for that: hostSecretsDirectory.")
            : null;

    private static string SecretsPath(ConfigurationDirectory configuration) =>
        configuration.IsWholeTree ? configuration.SecretsName : $"{configuration.Path}/{configuration.SecretsName}";

    /// <returns>What every directory below hosts/ is shipped with; null for nothing.</returns>
    private SharedFiles? ScanShared(IReadOnlySet<string> secrets, WorkTreeFiles workTree) => _options.Share.Count == 0
        ? null
        : new SharedFiles(
            _options.Directory, TreeScanner.ScanShared(_options.Directory, Outermost(_options.Share), secrets, Shipped(workTree)));

    private static IEnumerable<string> Outermost(IEnumerable<string> paths) => paths.Distinct(StringComparer.Ordinal)
        .Where(path => !paths.Any(other => path.StartsWith($"{other}/", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    private WorkTreeFiles Shipped(WorkTreeFiles workTree) => _options.Files == ShippedFiles.All ? WorkTreeFiles.None : workTree;

    private ScannedDirectory Scan(
        ConfigurationDirectory configuration,
        SharedFiles? sharedFiles,
        IReadOnlySet<string> secrets,
        WorkTreeFiles workTree,
        DateTimeOffset scannedAt)
    {
        var shared = SharedFiles.Concern(configuration) ? sharedFiles : null;
        var own = TreeScanner.Scan(_options.Directory, configuration, secrets, Shipped(workTree));
        return new ScannedDirectory(configuration, shared?.With(configuration, own) ?? own, scannedAt)
        {
            Subdirectory = shared is null ? null : configuration.Path,
            WorkTree = TreeComparison.Compare(configuration, [.. own.Entries, .. shared?.Entries ?? []], workTree),
        };
    }

    /// <summary>Git is asked about the Bento directory, and about configuration directories that are repositories of their own.</summary>
    private async Task<WorkTreeFiles> ReadWorkTreeAsync(
        IReadOnlyList<ConfigurationDirectory> configurations, CancellationToken cancellationToken)
    {
        try
        {
            var directories = configurations.Select(configuration => configuration.FullPath)
                .Where(path => Path.Exists(Path.Join(path, ".git")))
                .Prepend(_options.Directory);
            return await workTrees.ReadAsync(directories, _options.Files == ShippedFiles.Tracked, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (GitException) when (_options.Files == ShippedFiles.All)
        {
            return WorkTreeFiles.None;
        }
        catch (GitException exception)
        {
            throw new InvalidFleetException([new FleetProblem(".", exception.Message)]);
        }
    }
}
