namespace Bento.Telemetry;

/// <summary>The names of attributes: those of OpenTelemetry where it has one.</summary>
internal static class TagNames
{
    public const string Fleet = "bento.fleet";
    public const string Host = "bento.host";
    public const string HostCount = "bento.hosts";
    public const string Selector = "bento.selector";
    public const string Operation = "bento.operation";
    public const string Outcome = "bento.outcome";
    public const string State = "bento.state";
    public const string Release = "bento.release";
    public const string Attempt = "bento.attempt";
    public const string Phase = "bento.phase";
    public const string Refusal = "bento.refusal";
    public const string Path = "bento.path";

    public const string ErrorType = "error.type";
    public const string Executable = "process.executable.name";
    public const string ExitCode = "process.exit.code";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string Direction = "network.io.direction";
}
