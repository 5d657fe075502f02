using Bento.Status;
using Dashboard.Board;

namespace Dashboard.List;

/// <summary>The hosts of one page of the list.</summary>
/// <param name="Hosts">They.</param>
/// <param name="Matching">How many match in all.</param>
/// <param name="Page">Which page it is: the last one where fewer match than the address thinks.</param>
public sealed record FleetSlice(IReadOnlyList<HostStatus> Hosts, int Matching, int Page)
{
    public int Pages => int.Max(1, (Matching + FleetQuery.PageSize - 1) / FleetQuery.PageSize);

    /// <summary>Pure.</summary>
    public static FleetSlice Of(IReadOnlyList<HostStatus> hosts, FleetQuery query)
    {
        var matching = hosts.Where(host => Matches(host, query)).ToList();
        var ordered = Ordered(matching, query).ThenBy(host => host.Host.ToString(), NaturalOrder.Instance);
        var slice = new FleetSlice([], matching.Count, 1);
        var page = int.Min(query.Page, slice.Pages);
        return slice with { Page = page, Hosts = [.. ordered.Skip((page - 1) * FleetQuery.PageSize).Take(FleetQuery.PageSize)] };
    }

    private static bool Matches(HostStatus host, FleetQuery query) =>
        query.State switch
        {
            "" => true,
            FleetQuery.Attention => host.NeedsAttention,
            var state => StateWords.Slugs[state] == host.State,
        }
        && (query.Text.Length == 0
            || host.Host.ToString().Contains(query.Text, StringComparison.OrdinalIgnoreCase)
            || host.Reason.Contains(query.Text, StringComparison.OrdinalIgnoreCase)
            || TimelinePast.VersionOf(host.Provenance).StartsWith(query.Text, StringComparison.OrdinalIgnoreCase));

    private static IOrderedEnumerable<HostStatus> Ordered(List<HostStatus> hosts, FleetQuery query)
    {
        return query.Order switch
        {
            FleetOrder.Host => By(host => host.Host.ToString(), NaturalOrder.Instance),
            FleetOrder.Release => By(host => host.Number),
            FleetOrder.Since => By(host => host.Since),
            FleetOrder.Seen => By(host => host.LastSeen),
            _ => By(host => host.NeedsAttention ? -1 : StateWeight.Wrong - host.State.Weight()),
        };

        IOrderedEnumerable<HostStatus> By<TKey>(Func<HostStatus, TKey> key, IComparer<TKey>? comparer = null) =>
            query.IsDescending ? hosts.OrderByDescending(key, comparer) : hosts.OrderBy(key, comparer);
    }
}
