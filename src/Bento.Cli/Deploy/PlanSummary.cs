using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>A plan in one line: how many hosts get what, and how much they fetch.</summary>
internal static class PlanSummary
{
    public static string Of(DeployPlan plan)
    {
        var fetched = plan.Hosts.Sum(host => host.FetchBytes ?? 0);
        var parts = plan.Hosts
            .GroupBy(host => host.Change)
            .OrderBy(group => Rank(group.Key))
            .Select(group => Counted(group.Key, group.Count()))
            .Concat(Reboots(plan))
            .Concat(fetched > 0 ? [$"{ByteText.Of(fetched)} to fetch"] : Array.Empty<string>());
        return plan.Hosts.Count == 0 ? "no hosts" : $"{Plural.Of(plan.Hosts.Count, "host")}: {string.Join(", ", parts)}";
    }

    private static IEnumerable<string> Reboots(DeployPlan plan) => plan.Hosts.Where(host => host.NeedsReboot == true)
        .GroupBy(host => host.RebootsItself)
        .OrderByDescending(group => group.Key)
        .Select(group => $"{Plural.Of(group.Count(), "reboot")}{(group.Key ? string.Empty : " by hand")}");

    /// <summary>What somebody should look at first; what stays as it is comes last.</summary>
    private static int Rank(PlannedChange change) => change switch
    {
        PlannedChange.Failed => 0,
        PlannedChange.None => int.MaxValue,
        _ => 1 + (int)change,
    };

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
