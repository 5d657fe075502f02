using Bento.Transport;

namespace Bento.Status;

/// <summary>Says that something may have changed in the areas, where they are on this machine.</summary>
internal sealed class FleetSignal(ITransport transport, TimeProvider clock)
{
    public AreaWatch Listen() => new((transport as ILocalAreas)?.Directory, clock);
}
