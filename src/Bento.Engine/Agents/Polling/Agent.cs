using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Files;

namespace Bento.Agents.Polling;

/// <summary>Takes the host for itself, and polls once or again and again.</summary>
internal sealed class Agent(
    AgentFiles files,
    SinglePoll single,
    ResidentLoop resident,
    HeartbeatSource heartbeats,
    StuckNotice lastWords,
    TimeProvider clock) : IAgent
{
    public Task<AgentResult> RunOnceAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken) =>
        AloneAsync(() => single.RunAsync(progress, cancellationToken), cancellationToken);

    public Task<AgentResult> RunAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken) =>
        AloneAsync(() => resident.RunAsync(progress, cancellationToken), cancellationToken);

    private async Task<AgentResult> AloneAsync(Func<Task<AgentResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            using var taken = files.Lock(LockOwner.Holder(clock.GetUtcNow()), out var holder);
            return taken is null
                ? new AgentResult(AgentConclusion.Busy, $"Another agent works on this host: {holder}.")
                : await work().ConfigureAwait(false) with { AcceptedHostKey = heartbeats.AcceptedHostKey };
        }
        catch (AgentException exception)
        {
            await lastWords.SayAsync(exception, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
