using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>
/// Carries an attempt from phase to phase. Each phase is durable before its effect, so that after a kill or a power cut the next run goes
/// on where this one was.
/// </summary>
/// <remarks>
/// Nothing is begun that the disk does not take. What was begun is brought to its end all the same: the phase that is on disk already means
/// "confirm or undo", and the next run repeats that until the disk takes the end.
/// </remarks>
internal sealed class AttemptRunner(
    AgentFiles files,
    FetchSteps fetching,
    BuildSteps building,
    SecretSteps secrets,
    SwitchSteps switching,
    AttemptReports reports,
    StepWatchdog steps,
    AgentVoice voice,
    IOptions<AgentOptions> options)
{
    /// <param name="journal">The journal, with the release accepted.</param>
    /// <param name="attempt">The attempt to begin or to go on with.</param>
    /// <param name="area">Where the content is fetched from; null when the server is away, which only an attempt beyond
    /// <see cref="AttemptPhase.Ready"/> survives.</param>
    /// <param name="cancellationToken">Stops between phases and in those that change nothing; what was begun is gone on with by the next
    /// run.</param>
    /// <returns>The journal as it is on disk; its attempt has finished, or waits for the server.</returns>
    /// <exception cref="AgentException">The disk does not take what happens: nothing was begun, or what was begun has ended and only the
    /// disk does not say so.</exception>
    public async Task<AgentJournal> RunAsync(AgentJournal journal, JournalAttempt attempt, IArea? area, CancellationToken cancellationToken)
    {
        using var trace = voice.Begin(attempt);
        try
        {
            var ended = await CarryAsync(journal, attempt, area, cancellationToken).ConfigureAwait(false);
            trace.Ended(ended.Attempt!);
            return ended;
        }
        catch (Exception exception) when (trace.Breaks(exception))
        {
            throw;
        }
    }

    private async Task<AgentJournal> CarryAsync(
        AgentJournal journal, JournalAttempt attempt, IArea? area, CancellationToken cancellationToken)
    {
        using var log = new AttemptLog();
        journal = journal with { Attempt = attempt };
        (journal, var unwritten) = await SaveAsync(journal, AttemptStateMachine.HasBegun(attempt.Phase), log).ConfigureAwait(false);
        await reports.AnnounceAsync(attempt, area, cancellationToken).ConfigureAwait(false);
        for (var isResumed = attempt.IsInterrupted; attempt.Phase != AttemptPhase.Finished; isResumed = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            steps.Begin(LimitOf(attempt));
            using var phase = voice.Enter(attempt);
            var happened = NotAgain(attempt, unwritten) ?? AttemptStateMachine.GiveUp(attempt)
                ?? await secrets.PrepareAsync(attempt, log, cancellationToken).ConfigureAwait(false)
                ?? await DoAsync(journal, isResumed, area, log, cancellationToken).ConfigureAwait(false);

            phase.Ended(happened);

            // Who stops the agent may stop its programs too: that is no failure of theirs, and the next run goes on.
            if (happened is AttemptEvent.Failed or AttemptEvent.NotSwitched or AttemptEvent.NotRolledBack)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var next = AttemptStateMachine.Next(attempt, happened);
            if (next == attempt)
            {
                return journal;
            }

            (journal, unwritten) =
                await SaveAsync(journal with { Attempt = next }, AttemptStateMachine.HasBegun(attempt.Phase), log).ConfigureAwait(false);
            attempt = next;
            if (happened is AttemptEvent.Unreachable or AttemptEvent.Held)
            {
                return journal;
            }
        }

        if (unwritten is not null)
        {
            throw new AgentException(
                $"Release {attempt.Release.Number}: {attempt.Reason} That could not be written down. {unwritten.Message}", unwritten)
            {
                NextStep =
                    "Make room for the state of the agent, or make it writable; until then the host takes nothing new, and the next run "
                        + "looks after this release again.",
            };
        }

        await switching.ForgetAsync().ConfigureAwait(false);

        // What could not be put back is wanted again: until it is, no collector may take it.
        if (attempt.Outcome != AttemptOutcome.NeedsHuman)
        {
            files.WayBack.Remove();
        }

        if (attempt.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Degraded)
        {
            building.Collect(attempt.Release);
            secrets.Collect();
        }

        return journal;
    }

    /// <returns>The journal, with what its end adds, and why the disk does not have it; null when it has.</returns>
    private async Task<(AgentJournal Journal, AgentException? Unwritten)> SaveAsync(AgentJournal journal, bool hasBegun, AttemptLog log)
    {
        try
        {
            journal = journal.Attempt!.Phase == AttemptPhase.Finished
                ? await reports.FinishAsync(journal, log).ConfigureAwait(false)
                : journal;
            files.Journal.Save(journal);
            return (journal, null);
        }
        catch (AgentException exception) when (hasBegun)
        {
            log.Note(exception.Message);
            return (journal, exception);
        }
    }

    /// <summary>
    /// A switch whose end the disk would not take is not repeated but undone; else every run would switch, there and back.
    /// </summary>
    private static AttemptEvent.NotSwitched? NotAgain(JournalAttempt attempt, AgentException? unwritten) =>
        unwritten is not null && attempt.Phase == AttemptPhase.Activating
            ? new AttemptEvent.NotSwitched(unwritten.Message, IsTransient: true)
            : null;

    /// <summary>How long the effect of a phase may take, by its own deadline.</summary>
    private TimeSpan LimitOf(JournalAttempt attempt) => attempt.Phase switch
    {
        AttemptPhase.Building => options.Value.BuildTimeout,
        AttemptPhase.Activating or AttemptPhase.RollingBack => options.Value.SwitchTimeout,
        AttemptPhase.Confirming => attempt.Release.Policy.ConfirmTimeout,
        _ => options.Value.TransferTimeout,
    };

    private Task<AttemptEvent> DoAsync(
        AgentJournal journal, bool isResumed, IArea? area, AttemptLog log, CancellationToken cancellationToken) => journal.Attempt! switch
        {
            { Phase: AttemptPhase.Fetching } attempt => fetching.FetchAsync(area!, attempt.Release, cancellationToken),
            { Phase: AttemptPhase.Building } attempt => building.BuildAsync(attempt, log, cancellationToken),
            { Phase: AttemptPhase.Ready } => switching.PrepareAsync(journal, cancellationToken),
            { Phase: AttemptPhase.Activating } attempt => switching.ActivateAsync(attempt, isResumed, log, cancellationToken),
            { Phase: AttemptPhase.Confirming } => switching.ConfirmAsync(journal, cancellationToken),
            { Phase: AttemptPhase.RollingBack } attempt => switching.RollBackAsync(attempt, isResumed, log, cancellationToken),
            var attempt => throw new InvalidOperationException($"An attempt that is {attempt.Phase} has no effect."),
        };
}
