namespace Bento.Hosting;

/// <summary>The numbers of the log messages of this package, behind those of the engine; never used twice.</summary>
internal static class HostingEventIds
{
    public const int FleetAway = 900;
    public const int FleetReached = 901;
    public const int AgentFailed = 910;
    public const int AgentBusy = 911;
    public const int AgentSaid = 912;
}
