namespace Bento.Telemetry;

/// <summary>The numbers of log messages: a hundred for each room, never used twice. Those from 900 on belong to Bento.Hosting.</summary>
internal static class EventIds
{
    public const int ConnectRetry = 100;
    public const int HostKeyAccepted = 101;

    public const int HostDone = 200;
    public const int HostFailed = 201;
    public const int DirectoryFailed = 202;
    public const int OperationBegan = 203;
    public const int OperationEnded = 204;
    public const int OperationBroke = 205;

    public const int AttemptBegan = 300;
    public const int AttemptPhase = 301;
    public const int AttemptEnded = 302;
    public const int AttemptFailed = 303;
    public const int ReleaseRefused = 304;

    public const int FleetReloaded = 400;
    public const int FleetNotReloaded = 401;
}
