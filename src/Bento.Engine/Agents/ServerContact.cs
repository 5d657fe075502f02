using Bento.Hosts;
using Bento.Publishing;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Proves that a server can be reached: over a connection of its own, never one that was there before.</summary>
internal sealed class ServerContact(Servers servers, TransferDeadline deadline, IOptions<AgentOptions> options)
{
    private readonly HostName _host = HostName.Parse(options.Value.Host);

    /// <summary>Reads the release.</summary>
    /// <returns>Null when that worked; else why not, as one sentence.</returns>
    public Task<string?> TryReadAsync(CancellationToken cancellationToken) => TryAsync(
        async (area, token) => _ = await area.ReadAsync(AreaPaths.Release, ReleaseEnvelope.MaxBytes, token).ConfigureAwait(false), cancellationToken);

    /// <summary>Reads the release and writes a heartbeat: both directions that a host needs.</summary>
    /// <returns>Null when that worked; else why not, as one sentence.</returns>
    public Task<string?> TryReadAndWriteAsync(byte[] heartbeat, CancellationToken cancellationToken) => TryAsync(
        async (area, token) =>
        {
            _ = await area.ReadAsync(AreaPaths.Release, ReleaseEnvelope.MaxBytes, token).ConfigureAwait(false);
            using var content = new MemoryStream(heartbeat);
            await area.WriteAsync(AreaPaths.Heartbeat, content, token).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<string?> TryAsync(Func<IArea, CancellationToken, Task> talk, CancellationToken cancellationToken)
    {
        try
        {
            var session = await servers.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await deadline.RunAsync("Asking the server", token => TalkAsync(talk, session.OpenArea(_host), token), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException exception) when (exception.Failure is not (TransportFailure.TooLarge or TransportFailure.Foreign))
        {
            return exception.Message;
        }
        catch (TransportException)
        {
            // A release that is too long or no file was refused by a server that answers: that is all that is asked here.
            return null;
        }
    }

    private static async Task<string?> TalkAsync(Func<IArea, CancellationToken, Task> talk, IArea area, CancellationToken cancellationToken)
    {
        await talk(area, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
