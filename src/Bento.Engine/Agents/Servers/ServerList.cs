using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Servers;

/// <summary>
/// The servers that have the area of the host, in the order in which they are asked. One that is away, or that offers what the host
/// refuses, is passed over for the rest of a poll: it cannot hold an update back (Uptane, "mirror").
/// </summary>
/// <remarks>For one poll at a time. Whatever a server says is verified, so which of them answers decides nothing but when.</remarks>
internal sealed class ServerList(IEnumerable<ITransport> transports, IOptions<AgentOptions> options, TimeProvider clock) : ITransport
{
    /// <summary>How long a server may take to be connected to while there is another one to ask.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(1);

    private readonly List<ITransport> _all = transports.Select(GuardedTransport.Around).ToList() is { Count: > 0 } all
        ? all
        : throw new InvalidOperationException($"No {nameof(ITransport)} is registered: an agent needs a server.");
    private readonly List<string> _passedOver = [];
    private readonly TimeSpan _timeout = options.Value.TransferTimeout;
    private int _current;

    /// <summary>Which servers were passed over, and why; a sentence each.</summary>
    public IReadOnlyList<string> PassedOver => [.. _passedOver];

    /// <summary>Asks the first one again.</summary>
    public void Reset()
    {
        _current = 0;
        _passedOver.Clear();
    }

    /// <summary>Goes on to the next server.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryPassOver(string reason)
    {
        if (_current + 1 >= _all.Count)
        {
            return false;
        }

        _passedOver.Add($"Server {_current + 1} of {_all.Count} was passed over: {reason}");
        _current++;
        return true;
    }

    /// <summary>Connects to the first server that can be reached, from the current one on.</summary>
    /// <exception cref="TransportException">None of them can; the next try begins with the first.</exception>
    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ConnectAsync(
                    _all[_current], _current + 1 < _all.Count ? Budget : _timeout, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException exception)
            {
                if (!TryPassOver(exception.Message))
                {
                    _current = 0;
                    throw;
                }
            }
        }
    }

    private async Task<ITransportSession> ConnectAsync(ITransport server, TimeSpan budget, CancellationToken cancellationToken)
    {
        var limit = budget < _timeout ? budget : _timeout;
        using var deadline = new Deadline(limit, clock, cancellationToken);
        try
        {
            return await server.ConnectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFailure.Stalled, $"The server did not answer within {limit}.");
        }
    }
}
