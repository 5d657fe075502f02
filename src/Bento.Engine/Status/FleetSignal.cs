using Bento.Processes;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Says that something may have changed: in the areas, where they are on this machine, or in a store that tells.</summary>
internal sealed class FleetSignal(ITransport transport, [Guarded] IStatusStore store, TimeProvider clock)
{
    public AreaWatch Listen() => new((transport as ILocalAreas)?.Directory, clock, store.Listen);
}
