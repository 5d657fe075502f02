using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Processes;

namespace Bento.Agents.Polling;

/// <summary>
/// What comes before a poll, with the server or without it: a machine that a kill or a power cut left halfway is settled.
/// </summary>
internal sealed class PollStart(
    AgentFiles files, SecretSteps secrets, [Guarded] IActivator activator, AttemptRunner runner, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        files.RemoveLeftovers();
        var journal = files.Journal.Load();
        await secrets.RestoreAsync(journal, null, cancellationToken).ConfigureAwait(false);
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (AttemptDecision.Left(journal.Attempt, clock.GetUtcNow(), machine.BootId) is { } attempt)
        {
            _ = await runner.RunAsync(journal, attempt, null, cancellationToken).ConfigureAwait(false);
        }
    }
}
