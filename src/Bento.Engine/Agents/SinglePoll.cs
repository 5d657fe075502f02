using Bento.Hosts;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Settles what was interrupted, connects, polls, and ends.</summary>
internal sealed class SinglePoll(IOptions<AgentOptions> options, Connector connector, PollStart start, HostPoll poll)
{
    private readonly HostName _host = HostName.Parse(options.Value.Host);

    public async Task<AgentResult> RunAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        var remarks = await start.RunAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var session = await connector.ConnectAsync(progress, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await poll.RunAsync(session.OpenArea(_host), remarks, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException exception)
        {
            return await poll.WithoutServerAsync(exception, cancellationToken).ConfigureAwait(false);
        }
    }
}
