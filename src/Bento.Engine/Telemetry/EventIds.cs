namespace Bento.Telemetry;

/// <summary>The numbers of log messages: a hundred for each room, never used twice.</summary>
internal static class EventIds
{
    public const int ConnectRetry = 100;
    public const int HostKeyAccepted = 101;

    public const int HostDone = 200;
    public const int HostFailed = 201;
    public const int DirectoryFailed = 202;
}
