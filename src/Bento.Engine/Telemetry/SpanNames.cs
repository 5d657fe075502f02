namespace Bento.Telemetry;

/// <summary>The names of the spans.</summary>
internal static class SpanNames
{
    public const string Deploy = "bento.deploy";
    public const string Plan = "bento.plan";
    public const string Build = "bento.build";
    public const string Forecast = "bento.forecast";
    public const string Refresh = "bento.refresh";
    public const string RollBack = "bento.rollback";
    public const string Freeze = "bento.freeze";

    public const string EvaluatePhase = "bento.deploy.evaluate";
    public const string BuildPhase = "bento.deploy.build";
    public const string PublishPhase = "bento.deploy.publish";
    public const string Host = "bento.deploy.host";

    public const string Status = "bento.status";

    public const string Poll = "bento.agent.poll";
    public const string Attempt = "bento.agent.attempt";
    public const string AttemptPhase = "bento.agent.phase";

    public const string Process = "bento.process";
    public const string Connect = "bento.sftp.connect";
    public const string Upload = "bento.sftp.upload";
    public const string Download = "bento.sftp.download";
}
