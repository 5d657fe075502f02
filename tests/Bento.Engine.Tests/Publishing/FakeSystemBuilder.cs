using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Publishing;

/// <summary>
/// Plays Nix. A <c>flake.nix</c> is a list of attributes, one a line: <c>h1</c>, <c>h1!eval</c> or <c>h1!build</c> where that fails;
/// <c>!</c> alone fails the directory. A <c>configuration.nix</c> is one system.
/// </summary>
internal sealed class FakeSystemBuilder : ISystemBuilder
{
    private readonly ConcurrentQueue<string> _calls = [];

    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Runs before an evaluation, with the directory that is evaluated.</summary>
    public Action<string>? WhenEvaluating { get; set; }

    /// <summary>Attributes whose derivations are lost before their first build.</summary>
    public HashSet<string> Lost { get; } = [];

    /// <summary>What every evaluation warns of; null for nothing.</summary>
    public string? Warning { get; set; }

    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken)
    {
        _calls.Enqueue($"list {source.Name}");
        return Task.FromResult(Lines(source).Contains("!")
            ? new SystemListing([], Broken)
            : new SystemListing([.. Attributes(source).Select(line => line.Split('!')[0])]));
    }

    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        _calls.Enqueue($"evaluate {source.Name}");
        cancellationToken.ThrowIfCancellationRequested();
        WhenEvaluating?.Invoke(source.Directory);
        if (Warning is not null)
        {
            progress?.Report(new FleetEvent.Warned(Warning));
        }

        return Task.FromResult(Lines(source).Contains("!")
            ? new DirectoryEvaluation([], Broken)
            : new DirectoryEvaluation([.. Attributes(source).Select(line => line.Split('!'))
                .Where(parts => attributes?.Contains(parts[0]) is not false)
                .Select(parts => Evaluate(source, parts))]));
    }

    public Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        _calls.Enqueue($"build {string.Join(' ', derivations.Select(derivation => derivation.Attribute).Order(StringComparer.Ordinal))}");
        return Task.FromResult<IReadOnlyList<SystemBuild>>([.. derivations.Select(derivation => new SystemBuild(
            derivation, Lost.Remove(derivation.Attribute)
                ? new BuildFailure(BuildFailureKind.Damaged, "The derivation is gone.")
                : derivation.System.Name.EndsWith("-broken", StringComparison.Ordinal)
                ? new BuildFailure(BuildFailureKind.Build, "The builder failed.") { LogTail = ["last line"] }
                : null))]);
    }

    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
        Task.FromResult(new BuildForecast([.. derivations.Select(derivation => derivation.Derivation)], []));

    /// <summary>What is in the store, beside the systems themselves: what each of them needs.</summary>
    public Dictionary<StorePath, SystemClosure> Closures { get; } = [];

    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken)
    {
        _calls.Enqueue($"closure {system.Name}");
        return Task.FromResult(Closures.GetValueOrDefault(system));
    }

    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken)
    {
        _calls.Enqueue($"lock {source.Name} {input}".TrimEnd());
        return Task.FromResult(Lines(source).Contains("!") ? Broken : null);
    }

    private static BuildFailure Broken => new(BuildFailureKind.Evaluation, "syntax error");

    private static SystemEvaluation Evaluate(ConfigurationSource source, string[] parts)
    {
        if (parts is [_, "eval"])
        {
            return new SystemEvaluation(parts[0], new BuildFailure(BuildFailureKind.Evaluation, "undefined variable"));
        }

        var text = string.Concat(Directory.EnumerateFiles(source.Directory, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".nix", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts[0] + text)))[..32].Replace('e', 'z');
        var name = $"nixos-system-{parts[0].Replace('ä', 'a')}{(parts is [_, "build"] ? "-broken" : string.Empty)}";
        return new SystemEvaluation(
            new SystemDerivation
            {
                Attribute = parts[0],
                Derivation = StorePath.Parse($"/nix/store/{hash}-{name}.drv"),
                System = StorePath.Parse($"/nix/store/{hash}-{name}"),
            });
    }

    private static IEnumerable<string> Attributes(ConfigurationSource source) =>
        source.Kind == ConfigurationKind.Channel
            ? [source.Name]
            : Lines(source).Where(line => line.Length > 0 && !line.StartsWith('#')).Order(StringComparer.Ordinal);

    private static string[] Lines(ConfigurationSource source) =>
        File.ReadAllLines(Path.Join(source.Directory, source.Kind == ConfigurationKind.Flake ? "flake.nix" : "configuration.nix"));
}
