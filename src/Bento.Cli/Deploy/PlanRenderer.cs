using Bento.Cli.Diff;
using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a deploy would do: in numbers first, then what changes, once for all hosts for which it is the same.</summary>
internal static class PlanRenderer
{
    /// <summary>How many commits are named: a directory for each host may have one for each.</summary>
    private const int MaxCommits = 3;

    /// <summary>How many lines the names of the hosts may take for which the same changes.</summary>
    private const int MaxNameLines = 3;

    public static void Write(CliIo io, TextWriter writer, DeployPlan plan, bool isVerbose)
    {
        foreach (var remark in plan.Remarks)
        {
            io.Error.WriteLine($"note: {remark}");
        }

        foreach (var note in PinWords.Kept(plan.Hosts.Select(host => (host.Host, host.Pin)))
            .Concat(PinWords.Frozen(plan.Hosts.Where(host => host.Fingerprint is not null).Select(host => (host.Host, host.Freeze)))))
        {
            io.Error.WriteLine(note);
        }

        foreach (var provenance in plan.Hosts.Where(host => host.Fingerprint is not null)
            .Select(host => host.Provenance?.ToString())
            .OfType<string>()
            .Distinct()
            .Take(isVerbose ? int.MaxValue : MaxCommits))
        {
            writer.WriteLine($"from {provenance}");
        }

        // In a pipe it is one line, which is easier to search.
        foreach (var line in WrappedText.Lines(PlanSummary.Of(plan), io.IsOutputTerminal ? io.Width : int.MaxValue, int.MaxValue))
        {
            writer.Write($"{line}\n");
        }

        foreach (var change in PlanChange.Of(plan))
        {
            foreach (var line in Title(change, io.Width, isVerbose).Concat(Details(change, isVerbose)))
            {
                writer.Write($"{line}\n");
            }
        }

        foreach (var problem in plan.Problems)
        {
            io.Error.WriteLine($"error: {NextStepText.Of(problem)}");
        }

        FailureLines.Write(io.Error, plan.Hosts
            .Where(host => host.Change == PlannedChange.Failed)
            .Select(host => (host.Host, host.Failure, (IReadOnlyList<string>)[])));
    }

    private static IReadOnlyList<string> Title(PlanChange change, int width, bool isVerbose) => WrappedText.Lines(
        PlainLine.Of($"{string.Join(", ", change.Hosts.Select(host => host.Host))}: {Words(change, isVerbose)}"),
        width,
        isVerbose ? int.MaxValue : MaxNameLines);

    private static IEnumerable<string> Details(PlanChange change, bool isVerbose) =>
    [
        .. Packages(change.Hosts[0], isVerbose),
        .. Reboot(change),
        .. change.Hosts.SelectMany(host => Own(host, change.Hosts.Count > 1)),
    ];

    private static IEnumerable<string> Packages(HostPlan host, bool isVerbose) => host switch
    {
        { Difference: { } difference } => PackageLines.Of(difference, isVerbose),
        { Change: PlannedChange.System, CurrentSystem: { } current } =>
            [$"  Packages not compared: {current.BaseName} is not on this machine."],
        _ => [],
    };

    private static IEnumerable<string> Reboot(PlanChange change) => (change.Hosts[0], change.Hosts.Count) switch
    {
        ({ NeedsReboot: not true }, _) => [],
        ({ RebootsItself: true }, 1) => ["  It reboots for it."],
        ({ RebootsItself: true }, _) => ["  They reboot for it."],
        (_, 1) => ["  It needs a reboot for it, which it does not do by itself."],
        _ => ["  They need a reboot for it, which they do not do by themselves."],
    };

    /// <summary>What is to be said of each host by itself.</summary>
    private static IEnumerable<string> Own(HostPlan host, bool isNamed)
    {
        var name = isNamed ? $"{host.Host}: it" : "It";
        if (host.FetchBytes is { } bytes)
        {
            yield return $"  {name} fetches {ByteText.Of(bytes)}.";
        }

        if (host.Running is { } running && running != host.CurrentSystem && running != host.System)
        {
            yield return $"  {name} runs {running.BaseName}, which is neither: it is taken away from there.";
        }
    }

    private static string Words(PlanChange change, bool isVerbose) => (change.Kind, change.Hosts) switch
    {
        (PlannedChange.First, [{ System: { } system }]) => $"first release, {Short(system, isVerbose)}",
        (PlannedChange.First, _) => "first release",
        (PlannedChange.System, [{ System: { } system } host]) => $"new system after release {host.Current}, {Short(system, isVerbose)}",
        (PlannedChange.System, _) => "new system",
        (PlannedChange.Files, [var host]) => $"files only after release {host.Current}",
        (PlannedChange.Files, _) => "files only",
        (_, [var host]) => $"policy, keys, secrets or commit only after release {host.Current}",
        _ => "policy, keys, secrets or commit only",
    };

    private static string Short(StorePath system, bool isVerbose) => isVerbose ? system.ToString() : SystemWords.Of(system);
}
