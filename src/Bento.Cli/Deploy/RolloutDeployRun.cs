using Bento.Cli.Composition;
using Bento.Cli.Terminal;
using Bento.Documents;
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
        using var talk = new DeployTalk(io, services, style);
        var start = await rollout.StartAsync(asks ? request with { Approve = AskAsync } : request, talk.Progress, cancellationToken);

        // One object of JSON, at the end; people read what was published while the rest goes on.
        talk.Report(start.Report, isAll: start.Status is null);
        if (talk.IsDeclined || start.Status is not { } status)
        {
            return talk.IsDeclined || !start.Report.IsSuccess ? ExitCodes.HostFailed : ExitCodes.Success;
        }

        var (code, last) = wait is { } time
            ? await RolloutFollowing.RunAsync(io, services, new RolloutContinuation(), time, cancellationToken)
            : (RolloutFollowing.CodeOf(status), status);
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, DeployDocument.Of(start.Report, last ?? status, NextStepText.Of));
        }
        else
        {
            RolloutRenderer.Write(io, last ?? status, style.IsVerbose, services.GetRequiredService<TimeProvider>().GetUtcNow());
        }

        return start.Report.IsSuccess ? code : ExitCodes.HostFailed;

        Task<bool> AskAsync(DeployPlan plan, RolloutStatus planned, CancellationToken token) => talk.AskAsync(
            plan, writer => RolloutRenderer.WriteWaves(writer, planned), "Publish this in these waves?", token);
    }
}
