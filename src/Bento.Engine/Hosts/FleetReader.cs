using Microsoft.Extensions.Options;

namespace Bento.Hosts;

/// <summary>
/// Reads the Bento directory: which configuration directories there are and how their trees look. Starts no Nix and writes nothing.
/// </summary>
internal sealed class FleetReader(IOptions<BentoOptions> options, TimeProvider clock)
{
    private readonly BentoOptions _options = options.Value;

    /// <exception cref="InvalidFleetException">There is nothing that could be a fleet.</exception>
    public (IReadOnlyList<ScannedDirectory> Directories, IReadOnlyList<FleetProblem> Problems) Read(CancellationToken cancellationToken)
    {
        var (configurations, problems) = ConfigurationDirectories.Find(_options.Directory, _options.Layout);
        var scannedAt = clock.GetUtcNow();
        var secrets = SecretsDirectory.FindAll(_options.Directory, configurations);
        var scanned = configurations
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .Select(configuration =>
                new ScannedDirectory(configuration, TreeScanner.Scan(_options.Directory, configuration, secrets), scannedAt))
            .ToList();
        return (
            [.. scanned.Where(directory => directory.Scan.Problems.Count == 0)],
            [.. problems, .. scanned.SelectMany(directory => directory.Scan.Problems)]);
    }
}
