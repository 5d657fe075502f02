using Bento.Processes;
using Bento.Transport;

namespace Bento.Resilience;

/// <summary>Says when connecting takes long, so that nobody looks at a silent program.</summary>
internal sealed class AnnouncingTransport(
    ITransport inner, string server, IProgress<ConnectionWait> observer, TimeProvider clock) : ITransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var announcement = clock.CreateTimer(
            _ => observer.Tell(new ConnectionWait(server, clock.GetElapsedTime(began))), null, Patience, Pause);
        return await inner.ConnectAsync(cancellationToken).ConfigureAwait(false);
    }
}
