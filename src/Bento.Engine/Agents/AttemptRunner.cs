using Bento.Transport;

namespace Bento.Agents;

/// <summary>Carries an attempt from phase to phase. Each phase is durable before its effect, so that after a kill or a power cut the next run goes on where this one was.</summary>
internal sealed class AttemptRunner(AgentFiles files, FetchSteps fetching, BuildSteps building, SecretSteps secrets, SwitchSteps switching, AttemptReports reports)
{
    /// <param name="journal">The journal, with the release accepted.</param>
    /// <param name="attempt">The attempt to begin or to go on with.</param>
    /// <param name="area">Where the content is fetched from; null when the server is away, which only an attempt beyond <see cref="AttemptPhase.Ready"/> survives.</param>
    /// <param name="cancellationToken">Stops between phases and in those that change nothing; what was begun is gone on with by the next run.</param>
    /// <returns>The journal as it is on disk; its attempt has finished, or waits for the server.</returns>
    public async Task<AgentJournal> RunAsync(AgentJournal journal, JournalAttempt attempt, IArea? area, CancellationToken cancellationToken)
    {
        using var log = new AttemptLog();
        journal = journal with { Attempt = attempt };
        files.Journal.Save(journal);
        await reports.AnnounceAsync(attempt, area, cancellationToken).ConfigureAwait(false);
        while (attempt.Phase != AttemptPhase.Finished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var happened = await secrets.PrepareAsync(attempt, log, cancellationToken).ConfigureAwait(false)
                ?? await DoAsync(journal, area, log, cancellationToken).ConfigureAwait(false);
            var next = AttemptMachine.Next(attempt, happened);
            if (next == attempt)
            {
                return journal;
            }

            attempt = next;
            journal = journal with { Attempt = attempt };
            journal = attempt.Phase == AttemptPhase.Finished ? await reports.FinishAsync(journal, log).ConfigureAwait(false) : journal;
            files.Journal.Save(journal);
        }

        if (attempt.Outcome is Outcome.Succeeded or Outcome.Degraded)
        {
            building.Collect(attempt.Release);
            secrets.Collect();
        }

        return journal;
    }

    private Task<AttemptEvent> DoAsync(AgentJournal journal, IArea? area, AttemptLog log, CancellationToken cancellationToken) => journal.Attempt! switch
    {
        { Phase: AttemptPhase.Fetching } attempt => fetching.FetchAsync(area!, attempt.Release, cancellationToken),
        { Phase: AttemptPhase.Building } attempt => building.BuildAsync(attempt, log, cancellationToken),
        { Phase: AttemptPhase.Ready } attempt => switching.PrepareAsync(attempt, cancellationToken),
        { Phase: AttemptPhase.Activating } attempt => switching.ActivateAsync(attempt.System!.Value, log, cancellationToken),
        { Phase: AttemptPhase.Confirming } => switching.ConfirmAsync(journal, cancellationToken),
        { Phase: AttemptPhase.RollingBack } attempt => switching.RollBackAsync(attempt.Previous!.Value, log, cancellationToken),
        var attempt => throw new InvalidOperationException($"An attempt that is {attempt.Phase} has no effect."),
    };
}
