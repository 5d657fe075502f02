using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Protocol;
using Bento.Telemetry;
using Bento.Transport;

namespace Bento.Agents.Polling;

/// <summary>One poll: verify → decide → attempt → report → reboot. Everything it knows is on disk.</summary>
internal sealed class HostPoll(
    AgentFiles files,
    ReleaseReader releases,
    NextAttempt next,
    AttemptRunner runner,
    SecretSteps secrets,
    TransferDeadline deadline,
    HeartbeatKeeper pulse,
    AgentVoice voice,
    PollEnd end)
{
    /// <summary>Looks at the file of the release: whether there may be something new.</summary>
    /// <exception cref="TransportException">The server cannot be used.</exception>
    public Task<AreaEntry?> LookAsync(IArea area, CancellationToken cancellationToken) =>
        deadline.RunAsync("Looking for a release", token => area.LookAsync(AreaPath.Release, token), cancellationToken);

    /// <exception cref="TransportException">The server went away before the release was read.</exception>
    public async Task<AgentResult> RunAsync(IArea area, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Poll);
        try
        {
            return await PollAsync(area, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    private async Task<AgentResult> PollAsync(IArea area, CancellationToken cancellationToken)
    {
        var journal = files.Journal.Load();
        await secrets.RestoreAsync(journal, area, cancellationToken).ConfigureAwait(false);
        _ = await deadline.RunAsync(
            "Delivering reports", token => files.Spool.DeliverAsync(area, token), cancellationToken).ConfigureAwait(false);
        var beating = end.BeginAsync(area, journal, cancellationToken);
        var reading = releases.ReadAsync(area, journal, cancellationToken);
        var sent = await beating.ConfigureAwait(false);
        (journal, var result) = await reading.ConfigureAwait(false) switch
        {
            null => (journal, new AgentResult(AgentConclusion.NoRelease, "The server has no release for this host.")),
            { Release: { } release } => await TakeAsync(journal, release, area, cancellationToken).ConfigureAwait(false),
            var refused => (journal, new AgentResult(AgentConclusion.Refused, refused.Detail) { Refusal = refused.Refusal }),
        };
        if (result.Refusal is { } refusal)
        {
            voice.Refused(refusal, result.Reason);
        }

        return await end.RunAsync(area, journal, result, sent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is left to do when the server cannot be reached: nothing new, and nothing undone.</summary>
    public async Task<AgentResult> WithoutServerAsync(TransportException exception, CancellationToken cancellationToken)
    {
        var journal = files.Journal.Load();
        return await end.RunAsync(
            null, journal, new AgentResult(AgentConclusion.Unreachable, exception.Message), null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(AgentJournal Journal, AgentResult Result)> TakeAsync(
        AgentJournal journal, Release release, IArea area, CancellationToken cancellationToken)
    {
        (journal, var attempt, var wait) = await pulse.DuringAsync(
            area, $"The host looks what there is to do about release {release.Number}.", () => next.FindAsync(
                journal, release, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (attempt is null)
        {
            return (journal, ResultOf(journal, release));
        }

        if (wait is not null)
        {
            return (journal, new AgentResult(AgentConclusion.Waiting, $"Release {release.Number} waits: {wait}")
            {
                Number = release.Number,
            });
        }

        var accepted = journal with { Floor = release.Number, FloorId = release.Id };
        journal = await pulse.DuringAsync(
            area, $"The host works on release {release.Number}.", () => runner.RunAsync(
                accepted, attempt, area, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (journal, Tried(journal.Attempt!));
    }

    private static AgentResult Tried(JournalAttempt attempt) => attempt.Phase == AttemptPhase.Finished
        ? new AgentResult(AgentConclusion.Attempted, attempt.Reason!) { Number = attempt.Release.Number, Outcome = attempt.Outcome }
        : new AgentResult(
            AgentConclusion.Waiting,
            $"Release {attempt.Release.Number} is built and waits to be switched to: {attempt.Reason}")
        { Number = attempt.Release.Number };

    private static AgentResult ResultOf(AgentJournal journal, Release release) => journal.Attempt! switch
    {
        { Outcome: { } outcome } when outcome.IsSuccess() =>
            new AgentResult(AgentConclusion.UpToDate, $"The host has release {release.Number}; there is nothing new.")
            {
                Number = release.Number,
            },
        { Update: not null } last =>
            new AgentResult(
                AgentConclusion.UpToDate,
                $"The host has release {release.Number}; its last self-update did not hold ({last.Reason}).")
            { Number = release.Number },
        { Outcome: AttemptOutcome.NeedsHuman } last =>
            new AgentResult(
                AgentConclusion.Waiting,
                $"Release {release.Number} failed ({last.Reason}); that is tried again after {last.RetryAt:u}, or look after the host "
                    + "yourself.")
            {
                Number = release.Number,
            },
        { RetryAt: { } at } =>
            new AgentResult(
                AgentConclusion.Waiting,
                $"Release {release.Number} failed for a passing reason and is tried again after {at:u}.")
            { Number = release.Number },
        var last => new AgentResult(
            AgentConclusion.Waiting,
            $"Release {release.Number} failed ({last.Reason}); the host waits for the next one.")
        { Number = release.Number },
    };
}
