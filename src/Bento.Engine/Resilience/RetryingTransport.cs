using Bento.Transport;
using Polly;

namespace Bento.Resilience;

/// <summary>Tries again to connect when the failure may pass: a fleet that polls at once loses logins to a healthy sshd.</summary>
internal sealed class RetryingTransport(ITransport inner, ResiliencePipeline pipeline) : ITransport
{
    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(
            async token => await inner.ConnectAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
