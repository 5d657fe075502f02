using Bento.Processes;
using Bento.Transport;

namespace Bento.Status;

/// <summary>
/// Says that something may have changed: in the areas, where they are on this machine or the transport tells, or in a store that tells.
/// </summary>
internal sealed class FleetSignal([Guarded] ITransport transport, [Guarded] IStatusStore store, TimeProvider clock)
{
    public AreaWatch Listen() => new(FindDirectory(), clock, Listen);

    /// <summary>Who cannot say where the areas are is looked at once an interval.</summary>
    private string? FindDirectory()
    {
        try
        {
            return transport.As<ILocalAreas>()?.Directory;
        }
        catch (TransportException)
        {
            return null;
        }
    }

    private Both Listen(Action changed) => new(transport.As<IChangeSource>()?.Listen(changed), store.Listen(changed));

    private sealed class Both(IDisposable? one, IDisposable? other) : IDisposable
    {
        public void Dispose()
        {
            one?.Dispose();
            other?.Dispose();
        }
    }
}
