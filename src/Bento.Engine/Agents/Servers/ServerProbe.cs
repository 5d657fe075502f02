using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Servers;

/// <summary>Proves that a server can be reached: over a connection of its own, never one that was there before.</summary>
internal sealed class ServerProbe(ServerList servers, TransferDeadline deadline, IOptions<AgentOptions> options)
{
    private readonly HostName _host = HostName.Parse(options.Value.Host);

    /// <summary>Reads the release and writes a heartbeat: both directions that a host needs.</summary>
    public async Task<ServerAnswer> AskAsync(byte[] heartbeat, CancellationToken cancellationToken)
    {
        try
        {
            var session = await servers.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await deadline.RunAsync(
                    "Asking the server",
                    token => TalkAsync(session.OpenArea(_host), heartbeat, token),
                    cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException exception)
        {
            return new ServerAnswer(exception.Message, IsAway: true);
        }
    }

    private static async Task<ServerAnswer> TalkAsync(IArea area, byte[] heartbeat, CancellationToken cancellationToken)
    {
        try
        {
            _ = await area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            // A release that is too long or no file comes from a server that answers: that is all that is asked here.
        }

        try
        {
            using var content = new MemoryStream(heartbeat);
            await area.WriteAsync(AreaPath.Heartbeat, content, cancellationToken).ConfigureAwait(false);
            return default;
        }
        catch (TransportException exception) when (exception.Failure is not (TransportFailure.Unreachable or TransportFailure.Stalled))
        {
            return new ServerAnswer(exception.Message, IsAway: false);
        }
    }
}
