using Bento.Hosts;
using Bento.Status;

namespace Bento.Fleets;

/// <summary>The status of a fleet as it is when it is asked; who follows or watches goes on with new settings.</summary>
internal sealed class NamedStatus(NamedFleet fleet) : IFleetStatus
{
    public Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Status.ReadAsync(hosts, cancellationToken));

    public IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken) =>
        fleet.FollowAsync((current, token) => current.Status.FollowAsync(hosts, interval, token), cancellationToken);

    public IAsyncEnumerable<FleetChange> WatchAsync(HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken) =>
        fleet.FollowAsync((current, token) => current.Status.WatchAsync(hosts, interval, token), cancellationToken);
}
