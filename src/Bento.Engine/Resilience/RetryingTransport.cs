using Bento.Processes;
using Bento.Transport;
using Polly;

namespace Bento.Resilience;

/// <summary>Tries again to connect when the failure may pass: a fleet that polls at once loses logins to a healthy sshd.</summary>
internal sealed class RetryingTransport(ITransport inner, ResiliencePipeline pipeline) : ITransport
{
    /// <summary>A pipeline that an embedder brings may throw what it likes: a circuit that is open, a limit that is reached.</summary>
    public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => ForeignPart.AskAsync(
        pipeline,
        async () => await pipeline.ExecuteAsync(
            async token => await inner.ConnectAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
        (reason, exception) => throw new TransportException(
            TransportFailure.Unreachable, $"The server was not asked: {reason}", exception),
        cancellationToken);
}
