using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a plan changes, and the hosts for which that is the same.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="Hosts">The hosts, at least one, ordered as people count them.</param>
internal sealed record PlanChange(PlannedChange Kind, IReadOnlyList<HostPlan> Hosts)
{
    /// <summary>The changes of a plan, the ones of most hosts first. A new system is the same where the same packages differ and the
    /// same is to be done for it.</summary>
    public static IEnumerable<PlanChange> Of(DeployPlan plan) => plan.Hosts
        .Where(host => host.Change is not PlannedChange.None and not PlannedChange.Failed)
        .GroupBy(host => (
            host.Change,
            host.Difference?.Packages,
            host.NeedsReboot,
            Reboots: host.NeedsReboot == true && host.RebootsItself,
            Alone: IsAlone(host) ? host.Host : (HostName?)null))
        .Select(group => new PlanChange(
            group.Key.Change, [.. group.OrderBy(host => host.Host.ToString(), NaturalOrder.Instance)]))
        .OrderBy(change => change.Kind)
        .ThenByDescending(change => change.Hosts.Count)
        .ThenBy(change => change.Hosts[0].Host.ToString(), NaturalOrder.Instance);

    /// <summary>What could not be compared is not known to be the same.</summary>
    private static bool IsAlone(HostPlan host) => host is { Change: PlannedChange.System, Difference: null };
}
