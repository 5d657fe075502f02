using Bento.Building;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>What the host says about itself now.</summary>
internal sealed class HeartbeatSource(IOptions<AgentOptions> options, IActivator activator, RebootSteps reboots, AgentFiles files, TimeProvider clock)
{
    public async Task<Heartbeat> TakeAsync(AgentJournal journal, string? detail, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return new Heartbeat
        {
            At = now,
            Interval = options.Value.Interval,
            Agent = BentoVersion.Current,
            Running = machine.Running,
            Booted = machine.Booted,
            Release = journal.FloorId,
            Detail = detail,
            RebootPendingSince = journal.RebootPendingSince,
            IsBootedOld = await reboots.JudgeAsync(journal, cancellationToken).ConfigureAwait(false) == RebootVerdict.BootedOld,
            Pause = files.Pause.Read(now),
        };
    }

    public async Task<StorePath?> RunningAsync(CancellationToken cancellationToken) =>
        (await activator.InspectAsync(cancellationToken).ConfigureAwait(false)).Running;
}
