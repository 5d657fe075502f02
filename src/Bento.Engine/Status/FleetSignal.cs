using Bento.Processes;
using Bento.Transport;

namespace Bento.Status;

/// <summary>
/// Says that something may have changed: in the areas, where they are on this machine or the transport tells, or in a store that tells.
/// </summary>
internal sealed class FleetSignal(ITransport transport, [Guarded] IStatusStore store, TimeProvider clock)
{
    public AreaWatch Listen() => new((transport as ILocalAreas)?.Directory, clock, Listen);

    private Both Listen(Action changed) => new(ListenToTransport(changed), store.Listen(changed));

    /// <summary>A transport of somebody else that cannot tell is looked at once an interval.</summary>
    private IDisposable? ListenToTransport(Action changed)
    {
        try
        {
            return (transport as IChangeSource)?.Listen(changed);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private sealed class Both(IDisposable? one, IDisposable? other) : IDisposable
    {
        public void Dispose()
        {
            one?.Dispose();
            other?.Dispose();
        }
    }
}
