using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Files;

namespace Bento.Agents.Polling;

/// <summary>Takes the host for itself, and polls once or again and again.</summary>
internal sealed class Agent(
    AgentFiles files,
    SinglePoll single,
    ResidentLoop resident,
    HeartbeatSource heartbeats,
    StuckNotice lastWords,
    StepWatchdog steps,
    AgentVoice voice,
    TimeProvider clock) : IAgent
{
    /// <summary>How soon an agent that systemd keeps looks again whether another one has left.</summary>
    private static readonly TimeSpan TurnPause = TimeSpan.FromSeconds(5);

    public Task<AgentResult> RunOnceAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken) =>
        AloneAsync(() => single.RunAsync(progress, cancellationToken), progress, cancellationToken);

    /// <summary>One that systemd keeps is ready at once: the switch that starts it may be made by the agent that it waits for.</summary>
    public async Task<AgentResult> RunAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        using var systemd = SystemdNotifier.OfProcess(steps, clock);
        systemd.Ready();
        while (true)
        {
            var result =
                await AloneAsync(() => resident.RunAsync(systemd, progress, cancellationToken), progress, cancellationToken)
                    .ConfigureAwait(false);
            if (result.Conclusion != AgentConclusion.Busy || !systemd.IsHeard)
            {
                return result;
            }

            systemd.Status(result.Reason);
            steps.Begin(TurnPause);
            await Task.Delay(TurnPause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<AgentResult> AloneAsync(
        Func<Task<AgentResult>> work, IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        try
        {
            using var taken = files.Lock(LockOwner.Holder(clock.GetUtcNow()), out var holder);
            if (taken is null)
            {
                return new AgentResult(AgentConclusion.Busy, $"Another agent works on this host: {holder}.");
            }

            voice.SpeakTo(progress);
            return await work().ConfigureAwait(false) with { AcceptedHostKey = heartbeats.AcceptedHostKey };
        }
        catch (BentoException exception) when (exception is AgentException or ActivationException)
        {
            await lastWords.SayAsync(exception, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
