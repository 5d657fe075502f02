using Bento.Processes;
using Bento.Transport;

namespace Bento.Agents.Servers;

/// <summary>Connects to a server, and says so when that takes long.</summary>
internal sealed class Connector(ServerList servers, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <exception cref="TransportException">No server can be reached in time.</exception>
    public async Task<ITransportSession> ConnectAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var murmur = clock.CreateTimer(
            _ => progress.Tell(new AgentEvent.Connecting(clock.GetElapsedTime(began))), null, Patience, Pause);
        return await servers.ConnectAsync(cancellationToken).ConfigureAwait(false);
    }
}
