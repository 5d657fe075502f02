using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Connects to the server before a deadline, and says so when that takes long.</summary>
internal sealed class Connector(IOptions<AgentOptions> options, ITransport transport, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _timeout = options.Value.TransferTimeout;

    /// <exception cref="TransportException">The server cannot be reached in time.</exception>
    public async Task<ITransportSession> ConnectAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var began = clock.GetTimestamp();
        using var murmur = clock.CreateTimer(_ => progress?.Report(new AgentEvent.Connecting(clock.GetElapsedTime(began))), null, Patience, Pause);
        try
        {
            return await transport.ConnectAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFailure.Stalled, $"The server did not answer within {_timeout}.");
        }
    }
}
