using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Rollouts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary>Lets a rollout go on until it is over, needs a person, or the time is over.</summary>
internal static class RolloutFollowing
{
    /// <summary>How often <c>--wait</c> looks where nobody says that something changed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static int CodeOf(RolloutStatus status) =>
        status.Phase == RolloutPhase.Stopped ? ExitCodes.HostFailed : ExitCodes.Success;

    /// <returns>The exit code, and how the rollout stood last; null when there is none.</returns>
    public static async Task<(int Code, RolloutStatus? Last)> RunAsync(
        CliIo io,
        ServiceProvider services,
        RolloutContinuation continuation,
        TimeSpan time,
        CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var progress = new LineProgress(io.Error, isVerbose: false);
        RolloutStatus? last = null;
        using var limit = new CancellationTokenSource(time, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var status in services.GetRequiredService<IRollout>().FollowAsync(continuation, Interval, progress, both.Token))
            {
                if (status.Reason != last?.Reason)
                {
                    await io.Error.WriteLineAsync(RolloutRenderer.Line(status));
                }

                last = status;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync(
                $"bento: stopped waiting after {Ages.Short(time)}. The rollout goes on with: bento rollout continue");
            return (ExitCodes.StillWaiting, last);
        }

        return (last switch
        {
            null => ExitCodes.Success,
            { Phase: RolloutPhase.Paused or RolloutPhase.NeedsApproval } => ExitCodes.StillWaiting,
            _ => CodeOf(last),
        }, last);
    }
}
