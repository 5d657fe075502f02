using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Carries an attempt from phase to phase. Each phase is durable before its effect, so that after a kill or a power cut the next run goes on where this one was.</summary>
internal sealed class AttemptRunner(IOptions<AgentOptions> options, AttemptSteps steps, IActivator activator, TimeProvider clock)
{
    private readonly AgentOptions _options = options.Value;

    /// <param name="journal">The journal, with the release accepted.</param>
    /// <param name="attempt">The attempt to begin or to go on with.</param>
    /// <param name="file">Where the journal is kept.</param>
    /// <param name="spool">Takes the reports.</param>
    /// <param name="area">Where the content is fetched from.</param>
    /// <param name="cancellationToken">Stops between phases; what was begun is gone on with by the next run.</param>
    public async Task<(AgentJournal Journal, AttemptEnd End)> RunAsync(
        AgentJournal journal, JournalAttempt attempt, JournalFile file, ReportSpool spool, IArea area, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var log = new AttemptLog();
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        spool.Put(
            Name(attempt, ReportKind.Start),
            ReportJson.Write(new AttemptStart(attempt.Release.Id, attempt.Release.Number, attempt.Attempt, attempt.StartedAt, machine.Running)));
        await TryDeliverAsync(spool, area, cancellationToken).ConfigureAwait(false);

        AttemptEnd? end = null;
        while (end is null)
        {
            journal = journal with { Attempt = attempt };
            file.Save(journal);
            (attempt, end) = await StepAsync(attempt, area, log, cancellationToken).ConfigureAwait(false);
        }

        attempt = Finish(attempt, end);
        machine = await activator.InspectAsync(CancellationToken.None).ConfigureAwait(false);
        spool.Put(Name(attempt, ReportKind.Log), log.ToGzip());
        spool.Put(Name(attempt, ReportKind.Result), ReportJson.Write(Result(attempt, end, machine, clock.GetElapsedTime(began))));
        journal = journal with { Attempt = attempt };
        file.Save(journal);
        if (attempt.Outcome is Outcome.Succeeded or Outcome.Degraded)
        {
            steps.Collect(attempt.Release);
        }

        return (journal, end);
    }

    private async Task<(JournalAttempt Attempt, AttemptEnd? End)> StepAsync(
        JournalAttempt attempt, IArea area, AttemptLog log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (attempt.Phase)
        {
            case AttemptPhase.Fetching:
                var fetch = await WithDeadlineAsync(token => steps.FetchAsync(area, attempt.Release, token), cancellationToken).ConfigureAwait(false);
                return (attempt with { Phase = AttemptPhase.Building }, fetch);
            case AttemptPhase.Building:
                var (system, failure) = await steps.BuildAsync(attempt.Release, log, cancellationToken).ConfigureAwait(false);
                var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
                return (attempt with { Phase = AttemptPhase.Activating, System = system, Previous = machine.Running }, failure);
            case AttemptPhase.Activating:
                return (attempt, await steps.ActivateAsync(attempt.System!.Value, log, cancellationToken).ConfigureAwait(false));
            default:
                throw new InvalidOperationException($"An attempt that is {attempt.Phase} has no next step.");
        }
    }

    private JournalAttempt Finish(JournalAttempt attempt, AttemptEnd end) => attempt with
    {
        Phase = AttemptPhase.Finished,
        Outcome = end.Outcome,
        WillRetry = end.IsTransient,
        RetryAt = end.IsTransient ? clock.GetUtcNow() + RetryPause.After(attempt.Attempt, Jitter.Of(_options.Host, attempt.Attempt)) : null,
    };

    private AttemptResult Result(JournalAttempt attempt, AttemptEnd end, MachineState machine, TimeSpan duration) => new()
    {
        Release = attempt.Release.Id,
        Number = attempt.Release.Number,
        Attempt = attempt.Attempt,
        At = clock.GetUtcNow(),
        Duration = duration,
        Outcome = end.Outcome,
        Reason = end.Reason,
        WillRetry = end.IsTransient,
        Built = end.Built,
        Running = machine.Running,
        FailedUnits = end.FailedUnits,
    };

    private async Task<AttemptEnd?> WithDeadlineAsync(Func<CancellationToken, Task<AttemptEnd?>> step, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.TransferTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await step(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptEnd(Outcome.FetchFailed, $"The content did not arrive within {_options.TransferTimeout}.") { IsTransient = true };
        }
    }

    private static async Task TryDeliverAsync(ReportSpool spool, IArea area, CancellationToken cancellationToken)
    {
        try
        {
            await spool.DeliverAsync(area, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // It waits in the spool; the attempt does not depend on it.
        }
    }

    private static string Name(JournalAttempt attempt, ReportKind kind) => new ReportName(attempt.Release.Number.Sequence, attempt.Attempt, kind).ToString();
}
