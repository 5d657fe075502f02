using Bento.Agents.Journal;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>What the server is told about an attempt.</summary>
internal sealed class AttemptReports(
    IOptions<AgentOptions> options, AgentFiles files, [Guarded] IActivator activator, RebootSteps reboots, TimeProvider clock)
{
    /// <summary>Says that an attempt begins, or goes on.</summary>
    public async Task AnnounceAsync(JournalAttempt attempt, IArea? area, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            files.Spool.Put(
                Name(attempt, ReportKind.Start),
                ReportJson.Write(
                    new AttemptStart
                    {
                        Release = attempt.Release.Id,
                        Number = attempt.Release.Number,
                        Attempt = attempt.Attempt,
                        At = attempt.StartedAt,
                        Running = machine.Running,
                    }));
            _ = area is null ? null : await files.Spool.DeliverAsync(area, cancellationToken).ConfigureAwait(false);
        }
        catch (BentoException exception) when (exception is TransportException or AgentException)
        {
            // It waits in the spool, or found no room there; the attempt does not depend on it.
        }
    }

    /// <summary>
    /// Puts the reports into the spool before the journal says that the attempt has ended: killed between the two, the same names get the
    /// same reports again.
    /// </summary>
    /// <returns>The journal to write.</returns>
    /// <exception cref="AgentException">The disk does not take the result.</exception>
    public async Task<AgentJournal> FinishAsync(AgentJournal journal, AttemptLog log)
    {
        var attempt = journal.Attempt!;
        var now = clock.GetUtcNow();
        var machine = await activator.InspectAsync(CancellationToken.None).ConfigureAwait(false);
        var noted = reboots.Note(journal, machine);
        PutLog(Name(attempt, ReportKind.Log), log);
        files.Spool.Put(Name(attempt, ReportKind.Result), ReportJson.Write(new AttemptResult
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
            Running = machine.Running,
            FailedUnits = attempt.FailedUnits,
            RebootPendingSince = noted.RebootPendingSince,
        }));
        var pause = RetryPause.After(attempt.Attempt, Jitter.Of(options.Value.Host, attempt.Attempt));
        return noted with
        {
            Attempt = attempt with
            {
                RetryAt = attempt is { WillRetry: true } and ({ Update: null } or { Outcome: AttemptOutcome.NeedsHuman })
                    ? now + pause
                    : null,
            }
        };
    }

    private void PutLog(string name, AttemptLog log)
    {
        try
        {
            files.Spool.Put(name, log.ToGzip());
        }
        catch (AgentException)
        {
            // The result is short, and may find the room that a log does not.
        }
    }

    private static string Name(JournalAttempt attempt, ReportKind kind) =>
        new ReportName(attempt.Release.Number.Sequence, attempt.Attempt, kind).ToString();
}
