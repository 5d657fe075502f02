using Bento.Agents.Servers;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Polling;

/// <summary>
/// Settles what was interrupted, connects, polls, and ends. A server that has nothing that the host takes lets the next one try.
/// </summary>
internal sealed class SinglePoll(IOptions<AgentOptions> options, ServerList servers, Connector connector, PollStart start, HostPoll poll)
{
    private readonly HostName _host = HostName.Parse(options.Value.Host);

    public async Task<AgentResult> RunAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        await start.RunAsync(cancellationToken).ConfigureAwait(false);
        servers.Reset();
        while (true)
        {
            ITransportSession session;
            try
            {
                session = await connector.ConnectAsync(progress, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException exception)
            {
                return await poll.WithoutServerAsync(exception, cancellationToken).ConfigureAwait(false);
            }

            await using (session.ConfigureAwait(false))
            {
                try
                {
                    var result = await poll.RunAsync(session.OpenArea(_host), cancellationToken).ConfigureAwait(false);
                    if (!LetsNextServerTry(result) || !servers.TryPassOver(result.Reason))
                    {
                        return result;
                    }
                }
                catch (TransportException exception)
                {
                    if (!servers.TryPassOver(exception.Message))
                    {
                        return await poll.WithoutServerAsync(exception, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
    }

    /// <summary>Whether another server may have what this one lacks.</summary>
    public static bool LetsNextServerTry(AgentResult result) => result.Conclusion is AgentConclusion.Refused or AgentConclusion.NoRelease;
}
