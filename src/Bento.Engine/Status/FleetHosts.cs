using Bento.Hosts;
using Bento.Processes;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Status;

/// <summary>Which hosts there are to speak of: those that a configuration describes, and those that left a record or an area.</summary>
internal sealed class FleetHosts(IOptions<BentoOptions> options, [Guarded] IStatusStore store, FleetRoster roster)
{
    private const int MaxConcurrentHosts = 16;

    public static ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = MaxConcurrentHosts, CancellationToken = cancellationToken };

    /// <returns>The selected hosts in ordinal order, and whether each is still in the fleet.</returns>
    /// <exception cref="InvalidFleetException">The selector selects nothing, or names what is not there.</exception>
    public async Task<IReadOnlyList<(HostName Host, bool IsInFleet)>> SelectAsync(
        HostSelector selector, ITransportSession session, CancellationToken cancellationToken)
    {
        var members = roster.Read();
        var known = new SortedSet<HostName>(await store.ListAsync(cancellationToken).ConfigureAwait(false));
        known.UnionWith(await session.ListAreasAsync(cancellationToken).ConfigureAwait(false));
        known.UnionWith(members ?? new HashSet<HostName>());
        var selection = new HostSelection(selector, options.Value);
        var selected = known.Where(selection.Includes).Select(host => (host, members is null || members.Contains(host))).ToList();
        if (selected.Count == 0 && !selection.IsAll)
        {
            throw selection.Empty(known);
        }

        var unknown = selection.Unknown(known).ToList();
        return unknown.Count == 0 ? selected : throw new InvalidFleetException(unknown);
    }
}
