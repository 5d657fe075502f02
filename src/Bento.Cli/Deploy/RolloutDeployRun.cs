using Bento.Cli.Composition;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Publishing;
using Bento.Rollouts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary>A deploy in waves: builds, asks a person once, publishes the first wave, and follows the others if it is told to.</summary>
internal static class RolloutDeployRun
{
    public static async Task<int> RunAsync(
        CliIo io,
        string directory,
        RolloutRequest request,
        bool asks,
        TimeSpan? wait,
        OutputStyle style,
        CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var rollout = services.GetRequiredService<IRollout>();
        var isDeclined = false;
        using var progress = FleetProgress.Start(io, services, style);
        var start = await rollout.StartAsync(asks ? request with { Approve = AskAsync } : request, progress, cancellationToken);
        progress.Clear();
        if (isDeclined || start.Status is not { } status)
        {
            DeployReportRenderer.Write(io, style, start.Report);
            if (isDeclined)
            {
                await io.Error.WriteLineAsync("bento: nothing was published.");
            }

            return isDeclined || !start.Report.IsSuccess ? ExitCodes.HostFailed : ExitCodes.Success;
        }

        // One object of JSON, at the end; people read what was published while the rest goes on.
        DeployReportRenderer.Write(style.IsJson ? io with { Out = TextWriter.Null } : io, style, start.Report);
        var (code, last) = wait is { } time
            ? await RolloutFollowing.RunAsync(io, services, new RolloutContinuation(), time, cancellationToken)
            : (RolloutFollowing.CodeOf(status), status);
        if (style.IsJson)
        {
            DeployDocument.Write(io.Out, start.Report, last ?? status);
        }
        else
        {
            RolloutRenderer.Write(io, last ?? status, style.IsVerbose, services.GetRequiredService<TimeProvider>().GetUtcNow());
        }

        return start.Report.IsSuccess ? code : ExitCodes.HostFailed;

        async Task<bool> AskAsync(DeployPlan plan, RolloutStatus planned, CancellationToken token)
        {
            progress.Clear();
            PlanRenderer.Write(io, io.Error, plan, style.IsVerbose);
            RolloutRenderer.WriteWaves(io.Error, planned);
            isDeclined = !await Question.AskAsync(io, "Publish this in these waves?", token);
            return !isDeclined;
        }
    }
}
