namespace Bento.Agents;

/// <summary>What comes before a poll, with the server or without it: a machine that a kill or a power cut left halfway is settled.</summary>
internal sealed class PollStart(AgentFiles files, SecretSteps secrets, IActivator activator, AttemptRunner runner)
{
    /// <returns>What was odd, for the server.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        files.RemoveLeftovers();
        var (journal, remarks) = files.Journal.Load();
        await secrets.RestoreAsync(journal, null, cancellationToken).ConfigureAwait(false);
        if (journal.Attempt is { } interrupted && AttemptMachine.HasBegun(interrupted.Phase))
        {
            var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
            _ = await runner.RunAsync(journal, AttemptMachine.Resume(interrupted, machine.BootId), null, cancellationToken).ConfigureAwait(false);
        }

        return remarks;
    }
}
