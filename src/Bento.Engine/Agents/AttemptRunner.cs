using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Carries an attempt from phase to phase. Each phase is durable before its effect, so that after a kill or a power cut the next run goes on where this one was.</summary>
internal sealed class AttemptRunner(IOptions<AgentOptions> options, BuildSteps building, SecretSteps secrets, SwitchSteps switching, HeartbeatSource heartbeats, TimeProvider clock)
{
    private readonly AgentOptions _options = options.Value;

    /// <param name="journal">The journal, with the release accepted.</param>
    /// <param name="attempt">The attempt to begin or to go on with.</param>
    /// <param name="file">Where the journal is kept.</param>
    /// <param name="spool">Takes the reports.</param>
    /// <param name="area">Where the content is fetched from; null when the server is away, which only an attempt beyond <see cref="AttemptPhase.Ready"/> survives.</param>
    /// <param name="cancellationToken">Stops between phases and in those that change nothing; what was begun is gone on with by the next run.</param>
    /// <returns>The journal as it is on disk; its attempt has finished, or waits for the server.</returns>
    public async Task<AgentJournal> RunAsync(
        AgentJournal journal, JournalAttempt attempt, JournalFile file, ReportSpool spool, IArea? area, CancellationToken cancellationToken)
    {
        using var log = new AttemptLog();
        journal = journal with { Attempt = attempt };
        file.Save(journal);
        await AnnounceAsync(attempt, spool, area, cancellationToken).ConfigureAwait(false);
        while (attempt.Phase != AttemptPhase.Finished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var happened = await secrets.PrepareAsync(attempt, log, cancellationToken).ConfigureAwait(false)
                ?? await DoAsync(attempt, journal, area, log, cancellationToken).ConfigureAwait(false);
            var next = AttemptMachine.Next(attempt, happened);
            if (next == attempt)
            {
                return journal;
            }

            attempt = next.Phase == AttemptPhase.Finished ? await FinishAsync(next, log, spool).ConfigureAwait(false) : next;
            journal = journal with { Attempt = attempt };
            file.Save(journal);
        }

        if (attempt.Outcome is Outcome.Succeeded or Outcome.Degraded)
        {
            building.Collect(attempt.Release);
            secrets.Collect();
        }

        return journal;
    }

    private Task<AttemptEvent> DoAsync(JournalAttempt attempt, AgentJournal journal, IArea? area, AttemptLog log, CancellationToken cancellationToken) => attempt.Phase switch
    {
        AttemptPhase.Fetching => FetchAsync(attempt, area!, cancellationToken),
        AttemptPhase.Building => building.BuildAsync(attempt.Release, log, cancellationToken),
        AttemptPhase.Ready => ReadyAsync(attempt, cancellationToken),
        AttemptPhase.Activating => switching.ActivateAsync(attempt.System!.Value, log),
        AttemptPhase.Confirming => ConfirmAsync(attempt, journal, cancellationToken),
        AttemptPhase.RollingBack => switching.RollBackAsync(attempt.Previous!.Value, log),
        _ => throw new InvalidOperationException($"An attempt that is {attempt.Phase} has no effect."),
    };

    private async Task<AttemptEvent> FetchAsync(JournalAttempt attempt, IArea area, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.TransferTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await secrets.FetchAsync(area, attempt.Release, both.Token).ConfigureAwait(false)
                ?? await building.FetchAsync(area, attempt.Release, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptEvent.Failed(Outcome.FetchFailed, $"The content did not arrive within {_options.TransferTimeout}.", IsTransient: true);
        }
    }

    private async Task<AttemptEvent> ReadyAsync(JournalAttempt attempt, CancellationToken cancellationToken)
    {
        var happened = await switching.PrepareAsync(attempt.System!.Value, cancellationToken).ConfigureAwait(false);
        return happened is AttemptEvent.AlreadyRunning && await secrets.ReplaceAsync(attempt.Release, cancellationToken).ConfigureAwait(false) is { } failure
            ? new AttemptEvent.Failed(Outcome.ActivationFailed, failure, IsTransient: false)
            : happened;
    }

    private async Task<AttemptEvent> ConfirmAsync(JournalAttempt attempt, AgentJournal journal, CancellationToken cancellationToken)
    {
        var beat = await heartbeats.TakeAsync(journal, "The host confirms its switch.", cancellationToken).ConfigureAwait(false);
        return await switching.ConfirmAsync(attempt.Release.Policy, ReportJson.Write(beat), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the reports into the spool before the journal says that the attempt has ended: killed between the two, the same names get the same reports again.</summary>
    private async Task<JournalAttempt> FinishAsync(JournalAttempt attempt, AttemptLog log, ReportSpool spool)
    {
        var now = clock.GetUtcNow();
        var running = await heartbeats.RunningAsync(CancellationToken.None).ConfigureAwait(false);
        spool.Put(Name(attempt, ReportKind.Log), log.ToGzip());
        spool.Put(Name(attempt, ReportKind.Result), ReportJson.Write(new AttemptResult
        {
            Release = attempt.Release.Id,
            Number = attempt.Release.Number,
            Attempt = attempt.Attempt,
            At = now,
            Duration = now > attempt.StartedAt ? now - attempt.StartedAt : TimeSpan.Zero,
            Outcome = attempt.Outcome!.Value,
            Reason = attempt.Reason!,
            WillRetry = attempt.WillRetry,
            Built = attempt.System,
            Running = running,
            FailedUnits = attempt.FailedUnits,
        }));
        return attempt with { RetryAt = attempt.WillRetry ? now + RetryPause.After(attempt.Attempt, Jitter.Of(_options.Host, attempt.Attempt)) : null };
    }

    private async Task AnnounceAsync(JournalAttempt attempt, ReportSpool spool, IArea? area, CancellationToken cancellationToken)
    {
        var running = await heartbeats.RunningAsync(cancellationToken).ConfigureAwait(false);
        spool.Put(
            Name(attempt, ReportKind.Start),
            ReportJson.Write(new AttemptStart(attempt.Release.Id, attempt.Release.Number, attempt.Attempt, attempt.StartedAt, running)));
        try
        {
            await (area is null ? Task.CompletedTask : spool.DeliverAsync(area, cancellationToken)).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // It waits in the spool; the attempt does not depend on it.
        }
    }

    private static string Name(JournalAttempt attempt, ReportKind kind) => new ReportName(attempt.Release.Number.Sequence, attempt.Attempt, kind).ToString();
}
