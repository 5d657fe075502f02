using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Control;

/// <summary>Reads what an agent keeps, and writes the one file that tells it to wait.</summary>
internal sealed class AgentControl(
    IOptions<AgentOptions> options,
    AgentFiles files,
    [Guarded] IActivator activator,
    RebootSteps reboots,
    SecretSteps secrets,
    TimeProvider clock) : IAgentControl
{
    public async Task<AgentState> InspectAsync(CancellationToken cancellationToken)
    {
        var journal = files.Journal.Peek();
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        var verdict = reboots.Judge(journal, machine);
        var now = clock.GetUtcNow();
        return AgentStateRule.Describe(
            HostName.Parse(options.Value.Host), journal, machine, verdict, files.Pause.Read(now), secrets.AreMissing, now) with
        {
            Worker = files.FindWorker(),
            WaitingReportCount = files.Spool.Count,
        };
    }

    public AgentPause Pause(string? reason, TimeSpan? duration)
    {
        if (duration is { } length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero, nameof(duration));
        }

        var now = clock.GetUtcNow();
        var pause = new AgentPause { Since = now, Reason = reason, Until = now + duration };
        files.Pause.Write(pause);
        return pause;
    }

    public bool Resume() => files.Pause.Remove();
}
