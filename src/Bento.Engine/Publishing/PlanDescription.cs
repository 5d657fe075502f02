using System.Collections.Concurrent;
using Bento.Building;
using Bento.Building.Store;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Publishing.Closures;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Says what a deploy would do as a value that people and programs can look at.</summary>
internal sealed class PlanDescription(
    IOptions<BentoOptions> options, [Guarded] ISystemBuilder builder, ClosureForecast closures, TimeProvider clock)
{
    private const int MaxConcurrentReads = 4;

    private readonly FleetName _fleet = FleetName.Parse(options.Value.Fleet);
    private readonly long _epoch = options.Value.Epoch;

    /// <param name="run">Knows which hosts failed.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="built">The hosts whose system is built, or need not be built here.</param>
    /// <param name="withDifferences">Whether the packages are compared, which takes Nix a moment a system.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<DeployPlan> DescribeAsync(
        DeployRun run,
        FleetPlan plan,
        IReadOnlyList<PlannedHost> built,
        bool withDifferences,
        CancellationToken cancellationToken)
    {
        var report = run.ToReport();
        var failed = report.Hosts.Where(host => host.Outcome == DeployOutcome.Failed).ToDictionary(host => host.Host);
        var unchanged = plan.Unchanged.Where(release => !failed.ContainsKey(release.Host))
            .Select(release => new HostPlan(release.Host, PlannedChange.None)
            {
                Current = release.Number,
                CurrentSystem = release.ExpectedSystem,
                System = release.ExpectedSystem,
                Provenance = release.Provenance,
                Pin = release.Pin,
                Freeze = Holding(release.Policy.Freeze),
            });
        var fetches = withDifferences
            ? await closures.ReadAsync([.. built.Where(host => !failed.ContainsKey(host.Name))], cancellationToken).ConfigureAwait(false)
            : new Dictionary<HostName, long>();
        var differences = new SystemDifferences(builder);
        var due = new ConcurrentBag<HostPlan>();
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(built.Where(host => !failed.ContainsKey(host.Name)), parallelism, async (host, token) =>
        {
            var description = Describe(host) with
            {
                FetchBytes = fetches.TryGetValue(host.Name, out var bytes) ? bytes : null,
            };
            due.Add(withDifferences && description.Change == PlannedChange.System
                ? description with
                {
                    Difference = await differences.BetweenAsync(description.CurrentSystem, description.System, token).ConfigureAwait(false),
                }
                : description);
        }).ConfigureAwait(false);
        return new DeployPlan(
            [.. failed.Values.Select(host => new HostPlan(host.Host, PlannedChange.Failed) { Failure = host.Failure })
                .Concat(unchanged)
                .Concat(due)
                .OrderBy(host => host.Host)],
            report.Problems)
        {
            Remarks = report.Remarks,
        };
    }

    /// <summary>The selected hosts for which something else is due than what was planned. Of a plan for all, a part may be done.</summary>
    public static IReadOnlyList<HostName> Outdated(
        DeployPlan plan, IReadOnlyDictionary<HostName, string> planned, HostSelection selection) =>
    [
        .. plan.Hosts.Where(host => host.Fingerprint != planned.GetValueOrDefault(host.Host)).Select(host => host.Host)
            .Concat(planned.Keys.Where(selection.Includes).Except(plan.Hosts.Select(host => host.Host)))
            .Order(),
    ];

    private static bool? NeedsReboot(StorePath? current, StorePath? next) =>
        current is { } before && next is { } after && Path.Exists(before.ToString()) && Path.Exists(after.ToString())
            ? BootParts.Differ(before, after)
            : null;

    private HostFreeze? Holding(HostFreeze? freeze) => freeze?.Holds(clock.GetUtcNow()) == true ? freeze : null;

    private HostPlan Describe(PlannedHost host) => new(host.Name, host.Wanted.ChangeFrom(host.Current))
    {
        Current = host.Current?.Number,
        CurrentSystem = host.Current?.ExpectedSystem,
        System = host.Evaluated.Derivation.System,
        Running = host.Running,
        Freeze = host.Freeze,
        Provenance = host.Evaluated.Source.Provenance,
        NeedsReboot = NeedsReboot(host.Current?.ExpectedSystem, host.Evaluated.Derivation.System),
        RebootsItself = host.Evaluated.Spec.Settings.Policy.Reboot,
        Fingerprint = $"{host.Current?.Id.ToString() ?? "none"}:{host.Wanted.Identity(_fleet, _epoch)}",
    };
}
