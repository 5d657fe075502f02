namespace Bento.Agents;

/// <summary>What comes before a poll, with the server or without it: a machine that a kill or a power cut left halfway is settled.</summary>
internal sealed class PollStart(AgentFiles files, SecretSteps secrets, AttemptRunner runner)
{
    /// <returns>What was odd, for the server.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        files.RemoveLeftovers();
        var (journal, remarks) = files.Journal.Load();
        var locked = await secrets.RestoreAsync(cancellationToken).ConfigureAwait(false);
        if (journal.Attempt is { Phase: AttemptPhase.Activating or AttemptPhase.Confirming or AttemptPhase.RollingBack } interrupted)
        {
            _ = await runner.RunAsync(journal, interrupted, null, cancellationToken).ConfigureAwait(false);
        }

        return locked is null ? remarks : [.. remarks, locked];
    }
}
