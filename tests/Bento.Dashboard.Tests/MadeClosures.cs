using Bento.Building;
using Bento.Hosts;

namespace Bento.Dashboard.Tests;

/// <summary>A store that knows every system, each with other versions of a few packages. Counts who asks.</summary>
internal sealed class MadeClosures : ISystemBuilder
{
    private int _reads;

    public int Reads => _reads;

    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken)
    {
        var n = Interlocked.Increment(ref _reads);
        var paths = new Dictionary<StorePath, long>
        {
            [system] = 40_000,
            [Package($"nginx-1.{28 + (n % 2)}.0")] = 12_400_000 + (n % 2 * 90_000),
            [Package($"openssl-3.5.{n % 2}")] = 7_100_000,
            [Package($"linux-6.12.{40 + (n % 2 * 7)}")] = 71_000_000 + (n % 2 * 300_000),
            [Package("glibc-2.40-66")] = 31_000_000,
            [Package(n % 2 == 0 ? "postgresql-17.6" : "redis-8.2.1")] = n % 2 == 0 ? 58_000_000 : 9_000_000,
        };
        return Task.FromResult<SystemClosure?>(new SystemClosure(system, paths));
    }

    public Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken) => throw Builds();

    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken) => throw Builds();

    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
        throw Builds();

    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) => throw Builds();

    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
        throw Builds();

    private static StorePath Package(string name) => StorePath.Parse($"/nix/store/0123456789abcdfghijklmnpqrsvwxyz-{name}");

    private static NotSupportedException Builds() => new("The dashboard builds nothing.");
}
