using Bento.Protocol;
using Bento.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bento.Publishing;

/// <content>One line a host and operation, for whoever embeds Bento.</content>
internal sealed partial class Deployer
{
    private DeployReport Logged(DeployReport report)
    {
        if (logger is null)
        {
            return report;
        }

        foreach (var host in report.Hosts)
        {
            if (host.Failure is { } failure)
            {
                Log.HostFailed(logger, host.Host, failure.Message);
            }
            else
            {
                Log.HostDone(logger, host.Host, host.Outcome, host.Number, host.System?.BaseName);
            }
        }

        foreach (var problem in report.Problems)
        {
            Log.DirectoryFailed(logger, problem.Path, problem.Message);
        }

        return report;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.HostDone,
            LogLevel.Information,
            "{Host}: {Outcome}, release {Release}, system {System}",
            EventName = nameof(EventIds.HostDone))]
        public static partial void HostDone(ILogger logger, HostName host, DeployOutcome outcome, ReleaseNumber? release, string? system);

        [LoggerMessage(EventIds.HostFailed, LogLevel.Error, "{Host}: failed: {Reason}", EventName = nameof(EventIds.HostFailed))]
        public static partial void HostFailed(ILogger logger, HostName host, string reason);

        [LoggerMessage(EventIds.DirectoryFailed, LogLevel.Error, "{Path}: {Reason}", EventName = nameof(EventIds.DirectoryFailed))]
        public static partial void DirectoryFailed(ILogger logger, string path, string reason);
    }
}
