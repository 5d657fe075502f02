using Bento.Transport;

namespace Bento.Status;

/// <summary>Keeps a connection from one look to the next: a watch of weeks logs in once, and again when the connection broke.</summary>
/// <remarks>Used by one caller at a time.</remarks>
internal sealed class KeptSession(ITransport transport) : IAsyncDisposable
{
    private ITransportSession? _session;

    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    public async Task<FleetView> LookAsync(Func<ITransportSession, Task<FleetView>> look, CancellationToken cancellationToken)
    {
        // A connection that broke since the look before says nothing about the server: that is asked over a new one.
        return await TryKeptAsync(look).ConfigureAwait(false) ?? await LookAnewAsync(look, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        var session = _session;
        _session = null;
        return session?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private async Task<FleetView?> TryKeptAsync(Func<ITransportSession, Task<FleetView>> look)
    {
        if (_session is null)
        {
            return null;
        }

        try
        {
            if (await look(_session).ConfigureAwait(false) is { IsInterrupted: false } view)
            {
                return view;
            }
        }
        catch (TransportException exception) when (exception.IsTransient)
        {
            // The new connection says whether the server is away.
        }

        await DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private async Task<FleetView> LookAnewAsync(Func<ITransportSession, Task<FleetView>> look, CancellationToken cancellationToken)
    {
        _session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var isKept = false;
        try
        {
            var view = await look(_session).ConfigureAwait(false);
            isKept = !view.IsInterrupted;
            return view;
        }
        finally
        {
            if (!isKept)
            {
                await DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
