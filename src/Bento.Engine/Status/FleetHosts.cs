using Bento.Hosts;
using Bento.Processes;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Status;

/// <summary>Which hosts there are to speak of: those that a configuration describes, and those that left a record or an area.</summary>
internal sealed class FleetHosts(IOptions<BentoOptions> options, [Guarded] IStatusStore store, FleetRoster roster)
{
    private const int MaxConcurrentHosts = 16;

    /// <summary>The name of the fleet.</summary>
    public string Fleet => options.Value.Fleet;

    public static ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = MaxConcurrentHosts, CancellationToken = cancellationToken };

    /// <returns>The selected hosts in ordinal order, and whether each is still in the fleet.</returns>
    /// <exception cref="InvalidFleetException">The selector selects nothing, or names what is not there.</exception>
    public async Task<IReadOnlyList<(HostName Host, bool IsInFleet)>> SelectAsync(
        HostSelector selector, ITransportSession session, CancellationToken cancellationToken)
    {
        var known = await FindAsync(session, cancellationToken).ConfigureAwait(false);
        var included = Included(selector, [.. known.Select(host => host.Host)]);
        return [.. known.Where(host => included.Contains(host.Host))];
    }

    /// <returns>All hosts in ordinal order, and whether each is still in the fleet.</returns>
    public async Task<IReadOnlyList<(HostName Host, bool IsInFleet)>> FindAsync(
        ITransportSession session, CancellationToken cancellationToken)
    {
        var members = roster.Read();
        var known = new SortedSet<HostName>(await store.ListAsync(cancellationToken).ConfigureAwait(false));
        known.UnionWith(await session.ListAreasAsync(cancellationToken).ConfigureAwait(false));
        known.UnionWith(members ?? new HashSet<HostName>());
        return [.. known.Select(host => (host, members is null || members.Contains(host)))];
    }

    /// <summary>Whether any of several selectors includes a host.</summary>
    public Func<HostName, bool> IncludedByAny(IEnumerable<HostSelector> selectors)
    {
        var selections = selectors.Distinct().Select(selector => new HostSelection(selector, options.Value)).ToList();
        return host => selections.Exists(selection => selection.Includes(host));
    }

    /// <returns>The hosts that a selector includes.</returns>
    /// <exception cref="InvalidFleetException">The selector selects nothing, or names what is not there.</exception>
    public IReadOnlySet<HostName> Included(HostSelector selector, IReadOnlyCollection<HostName> known)
    {
        var selection = new HostSelection(selector, options.Value);
        var included = known.Where(selection.Includes).ToHashSet();
        if (included.Count == 0 && !selection.IsAll)
        {
            throw selection.Empty(known);
        }

        var unknown = selection.Unknown(known).ToList();
        return unknown.Count == 0 ? included : throw new InvalidFleetException(unknown);
    }
}
