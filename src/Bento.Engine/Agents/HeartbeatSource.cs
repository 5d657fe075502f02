using Bento.Building;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>What the host says about itself now.</summary>
internal sealed class HeartbeatSource(IOptions<AgentOptions> options, IActivator activator, TimeProvider clock)
{
    public async Task<Heartbeat> TakeAsync(AgentJournal journal, string? detail, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        return new Heartbeat
        {
            At = clock.GetUtcNow(),
            Interval = options.Value.Interval,
            Agent = BentoVersion.Current,
            Running = machine.Running,
            Booted = machine.Booted,
            Release = journal.FloorId,
            Detail = detail,
        };
    }

    public async Task<StorePath?> RunningAsync(CancellationToken cancellationToken) =>
        (await activator.InspectAsync(cancellationToken).ConfigureAwait(false)).Running;
}
