using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Servers;

/// <summary>
/// Ends what a server drags out. Each of its answers may be in time, and all of them together take for ever (TUF, "slow retrieval").
/// </summary>
internal sealed class TransferDeadline(IOptions<AgentOptions> options, TimeProvider clock)
{
    private readonly TimeSpan _limit = options.Value.TransferTimeout;

    /// <param name="what">What is done, for the message.</param>
    /// <param name="transfer">Does it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TransportException">It was not done in time, or failed by itself.</exception>
    public async Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> transfer, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_limit, clock, cancellationToken);
        try
        {
            return await transfer(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFailure.Stalled, $"{what} did not end within {_limit}.", exception);
        }
    }
}
