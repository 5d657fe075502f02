using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>Reads the newest heartbeats, and judges every host that has a release.</summary>
internal sealed class KeyHandover(IFleetStatus status, [Guarded] IStatusStore store) : IKeyHandover
{
    public async Task<IReadOnlyList<HostName>> FindUnreadyAsync(
        IReadOnlyList<SshPublicKey> remaining, int threshold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(remaining);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        var fingerprints = remaining.Select(key => key.Fingerprint).ToHashSet();
        var unready = new List<HostName>();
        foreach (var host in await status.ReadAsync(HostSelector.All, cancellationToken).ConfigureAwait(false))
        {
            if (host.State is not (HostState.Unpublished or HostState.Removed)
                && !KeyHandoverRule.IsReady(
                    (await store.ReadAsync(host.Host, cancellationToken).ConfigureAwait(false)).Heartbeat?.Trusts, fingerprints, threshold))
            {
                unready.Add(host.Host);
            }
        }

        return unready;
    }
}
