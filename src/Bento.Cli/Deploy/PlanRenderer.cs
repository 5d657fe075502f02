using Bento.Cli.Diff;
using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a deploy would do, host by host.</summary>
internal static class PlanRenderer
{
    /// <summary>How many commits are named: a directory for each host may have one for each.</summary>
    private const int MaxCommits = 3;

    public static void Write(CliIo io, TextWriter writer, DeployPlan plan, bool isVerbose)
    {
        foreach (var remark in plan.Remarks)
        {
            io.Error.WriteLine($"note: {remark}");
        }

        foreach (var provenance in plan.Hosts.Where(host => host.Fingerprint is not null)
            .Select(host => host.Provenance?.ToString())
            .OfType<string>()
            .Distinct()
            .Take(isVerbose ? int.MaxValue : MaxCommits))
        {
            writer.WriteLine($"from {provenance}");
        }

        var width = plan.Hosts.Count == 0 ? 0 : plan.Hosts.Max(host => host.Host.ToString().Length);
        foreach (var host in plan.Hosts.Where(host => host.Change is not PlannedChange.None and not PlannedChange.Failed))
        {
            writer.WriteLine($"{host.Host.ToString().PadRight(width)}  {Words(host)}");
            foreach (var line in Details(host, isVerbose))
            {
                writer.WriteLine(line);
            }
        }

        writer.WriteLine(Summary(plan));
        foreach (var problem in plan.Problems)
        {
            io.Error.WriteLine($"error: {NextStepText.Of(problem)}");
        }

        foreach (var host in plan.Hosts.Where(host => host.Change == PlannedChange.Failed))
        {
            io.Error.WriteLine($"error: {host.Host}: {host.Failure}");
        }
    }

    private static IEnumerable<string> Details(HostPlan host, bool isVerbose) =>
        Packages(host, isVerbose).Concat(Fetches(host)).Concat(Elsewhere(host));

    private static IEnumerable<string> Fetches(HostPlan host) =>
        host.FetchBytes is { } bytes ? [$"  It fetches {ByteText.Of(bytes)}."] : [];

    private static IEnumerable<string> Elsewhere(HostPlan host) =>
        host.Running is { } running && running != host.CurrentSystem && running != host.System
            ? [$"  It runs {running.BaseName}, which is neither: it is taken away from there."]
            : [];

    private static IEnumerable<string> Packages(HostPlan host, bool isVerbose) => host switch
    {
        { Difference: { } difference } => PackageLines.Of(difference, isVerbose),
        { Change: PlannedChange.System, CurrentSystem: { } current } =>
            [$"  Packages not compared: {current.BaseName} is not on this machine."],
        _ => [],
    };

    private static string Words(HostPlan host) => host.Change switch
    {
        PlannedChange.First => $"first release, {host.System?.BaseName}",
        PlannedChange.System => $"new system after release {host.Current}, {host.System?.BaseName}",
        PlannedChange.Files => $"files only after release {host.Current}",
        _ => $"policy, keys, secrets or commit only after release {host.Current}",
    };

    private static string Summary(DeployPlan plan) => plan.Hosts.Count == 0
        ? "no hosts"
        : string.Join(
            ", ", plan.Hosts.GroupBy(host => host.Change).OrderBy(group => group.Key).Select(group => Counted(group.Key, group.Count())));

    private static string Counted(PlannedChange change, int count) => change switch
    {
        PlannedChange.None => $"{count} unchanged",
        PlannedChange.First => Plural.Of(count, "first release"),
        PlannedChange.System => Plural.Of(count, "new system"),
        PlannedChange.Files => $"{count} files only",
        PlannedChange.Policy => $"{count} policy, keys, secrets or commit only",
        _ => $"{count} failed",
    };
}
