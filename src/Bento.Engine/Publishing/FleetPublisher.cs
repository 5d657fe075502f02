using Bento.Files;
using Bento.Processes;
using Bento.Publishing.Closures;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Opens the way to the areas for one publication, and keeps every other publisher out until it is over.</summary>
internal sealed class FleetPublisher(
    [Guarded] ITransport transport,
    [Guarded] IStatusStore store,
    ReleaseSealer seal,
    HostPublisher publisher,
    ReleaseCommit commit,
    ReleaseRefresh refresh,
    StagedReleases staged,
    ClosurePacking packing,
    ClosureRetention closures,
    TimeProvider clock)
{
    /// <summary>Only to look: nobody is kept out, and nothing may be published.</summary>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    public async Task<FleetPublication> LookAsync(CancellationToken cancellationToken) =>
        Of(await transport.ConnectAsync(cancellationToken).ConfigureAwait(false), taken: null);

    /// <param name="signs">Whether it makes releases: what cannot sign is found out before anybody waits for a system.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="SigningException">A release could not be signed.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    public async Task<FleetPublication> BeginAsync(bool signs, CancellationToken cancellationToken)
    {
        if (signs)
        {
            await seal.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var holder = LockOwner.Holder(clock.GetUtcNow());
            var shared = await store.LockAsync(holder, cancellationToken).ConfigureAwait(false);
            try
            {
                var server = await session.LockAsync(holder, cancellationToken).ConfigureAwait(false);
                return Of(session, new PublishLocks(server, shared));
            }
            catch when (shared is not null)
            {
                await shared.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private FleetPublication Of(ITransportSession session, IAsyncDisposable? taken) =>
        new(session, taken, publisher, commit, refresh, staged, packing, closures);
}
