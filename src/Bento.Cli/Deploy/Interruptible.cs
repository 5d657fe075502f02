using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>Shows what an operation did, also when somebody interrupted it.</summary>
internal static class Interruptible
{
    public static Task<DeployReport> ShowAsync(
        CliIo io, OutputStyle style, FleetProgress? progress, Func<Task<DeployReport>> operation) =>
        ShowAsync(
            report =>
            {
                progress?.Clear();
                DeployReportRenderer.Write(io, style, report);
            },
            operation);

    public static async Task<DeployReport> ShowAsync(Action<DeployReport> show, Func<Task<DeployReport>> operation)
    {
        try
        {
            var report = await operation();
            show(report);
            return report;
        }
        catch (DeployCanceledException exception) when (exception.Report.Hosts.Count > 0)
        {
            show(exception.Report);
            throw;
        }
    }
}
