using Bento.Protocol;

namespace Bento.Status;

/// <summary>The rule: <c>(release, reports, now) → state, flags, reason</c>. Pure.</summary>
/// <remarks>
/// A report answers the release whose id it names, never the one that happens to be current; order comes from (number, attempt), age from
/// the server's clock. The first of these that holds decides: nothing published, no longer in the fleet, never heard, what the logs of bash
/// bento say where they are the newest, silent, refused, what the attempts at the current release say, pending.
/// </remarks>
internal static class StatusRule
{
    /// <summary>How far the time of a file may lag behind the clock: Linux stamps files once a tick, at most every 10 ms.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    public static HostStatus Judge(HostFacts facts, DateTimeOffset now)
    {
        var lastSeen = LastSeen(facts, now);
        var running = Running(facts);
        if (facts.Record.Releases is not [var current, ..])
        {
            return new HostStatus
            {
                Host = facts.Host,
                State = facts.IsInFleet ? HostState.Unpublished : HostState.Removed,
                Reason = Joined(Unpublished(facts), Unbuilt(facts)),
                Flags = StatusFlagsRule.Judge(facts, running, now) & (StatusFlags.Unreadable | StatusFlags.Stuck | StatusFlags.BuildFailed),
                Running = running,
                AgentVersion = facts.Heartbeat?.Agent,
                LastSeen = lastSeen,
                Remarks = Remarks(facts, isSaid: false),
            };
        }

        var last = facts.Record.Attempts.FirstOrDefault(attempt => attempt.Result is not null)?.Result;
        var flags = StatusFlagsRule.Judge(facts, running, now);
        var verdict = Conclude(facts, current, running, lastSeen, now);
        var trouble = verdict.State == HostState.Refused ? null : Trouble(facts, flags);
        var frozen = flags.HasFlag(StatusFlags.Frozen) ? StatusSentences.Of(current.Release.Policy.Freeze!) : null;
        var overdue = OverdueRule.Judge(facts, verdict, current, now);
        return new HostStatus
        {
            Host = facts.Host,
            State = verdict.State,
            Reason = Joined(verdict.Reason, overdue, trouble, frozen, Pinned(current.Release), Unbuilt(facts)),
            Since = verdict.Since,
            Flags = overdue is null ? flags : flags | StatusFlags.Overdue,
            Number = current.Release.Number,
            Expected = current.Release.ExpectedSystem,
            Provenance = current.Release.Provenance,
            Running = running,
            AgentVersion = facts.Heartbeat?.Agent,
            LastSeen = lastSeen,
            LastSuccess = LastSuccess(facts.Record),
            LastDuration = last?.Duration,
            Remarks = Remarks(
                facts,
                isSaid: trouble is not null
                    || facts.Heartbeat is { Refusal: not null }
                    || Waits(facts, current.Release) is not null),
        };
    }

    /// <summary>What keeps a host from its release or its secrets, in its own words; null for nothing.</summary>
    private static string? Trouble(HostFacts facts, StatusFlags flags)
    {
        var what = flags.HasFlag(StatusFlags.Stuck) ? "Its agent cannot go on"
            : flags.HasFlag(StatusFlags.SecretsLocked) ? "Its secrets are locked"
            : null;
        return what is null ? null : $"{what}: {StatusSentences.Sentence(facts.Heartbeat!.Detail ?? "it does not say why")}";
    }

    private static string? Pinned(Release release) => release.Pin is { } pin
        ? $"It was given back release {pin.To} at {pin.Since:u} and keeps it"
            + $"{(pin.Reason is { } why ? $": {StatusSentences.Sentence(why)}" : ".")}"
        : null;

    private static string? Unbuilt(HostFacts facts) => facts is { FailedBuild: { } failed, IsInFleet: true }
        ? $"Its newest configuration has failed to build here since {failed.At:u}: {StatusSentences.Sentence(failed.Message)}"
        : null;

    private static string Joined(params IEnumerable<string?> sentences) => string.Join(' ', sentences.OfType<string>());

    private static string Unpublished(HostFacts facts) => facts switch
    {
        { IsRead: false } => "What was published for this host cannot be read.",
        { IsInFleet: false } => "No configuration describes this host; only its area is there.",
        _ => "Nothing was ever published for this host.",
    };

    private static Verdict Conclude(
        HostFacts facts, PublishedRelease current, StorePath? running, DateTimeOffset? lastSeen, DateTimeOffset now)
    {
        if (!facts.IsInFleet)
        {
            return new Verdict(
                HostState.Removed,
                $"No configuration describes this host any more; its area still offers release {current.Release.Number}.",
                current.At);
        }

        if (lastSeen is not { } seen)
        {
            return new Verdict(HostState.NewMachine, "The host has never reported.", current.At);
        }

        // What an agent said before belongs to the past, its heartbeat too: bash bento sends none.
        if (BashRule.Speaks(facts.Record))
        {
            return BashRule.Judge(facts.Record.BashLogs, current);
        }

        var heard = Heard(facts, current, running);
        return now - seen > SilenceRule.Limit(facts)
            ? new Verdict(
                HostState.Silent,
                $"{(facts.IsHeartbeatRead ? $"No heartbeat for {StatusSentences.Span(now - seen)}" : "Nothing can be read of it now, "
                    + $"and it was last heard {StatusSentences.Span(now - seen)} ago")}; before that: {heard.Reason}",
                seen)
            : heard;
    }

    private static Verdict Heard(HostFacts facts, PublishedRelease current, StorePath? running)
    {
        // A refusal that arrived before this release was published was about another one.
        if (facts.Heartbeat is { Refusal: { } refusal } beat && facts.HeartbeatReceived + Tick >= current.At)
        {
            return new Verdict(
                HostState.Refused,
                $"{StatusSentences.Of(refusal)}: {StatusSentences.Sentence(beat.Detail ?? "the agent does not take the release")}",
                facts.HeartbeatReceived);
        }

        if (facts.Heartbeat is { IsBootedOld: true } old && old.Release == current.Release.Id)
        {
            return new Verdict(
                HostState.Failing,
                $"It was rebooted for release {current.Release.Number} and came up with an older system. It does not reboot by itself "
                    + "again for this release.",
                null);
        }

        var attempts = facts.Record.Attempts
            .Where(attempt => (attempt.Result?.Release ?? attempt.Start?.Release) == current.Release.Id)
            .OrderByDescending(attempt => attempt.Attempt)
            .ToList();
        return attempts.Count > 0 ? Stays(facts, Tried(attempts, current.Release, Waits(facts, current.Release)), current.Release)
            : Pending(facts, current, running);
    }

    /// <summary>What a host that has built its release waits for, in its own words; null when it waits for nothing.</summary>
    private static string? Waits(HostFacts facts, Release release) =>
        facts.Heartbeat is { IsHeld: true, Detail: { } detail } beat && beat.Release == release.Id
            ? StatusSentences.Sentence(detail)
            : null;

    private static Verdict Tried(List<RecordedAttempt> attempts, Release release, string? waits)
    {
        var last = attempts[0];
        if (last.Result is not { } result)
        {
            return waits is not null ? new Verdict(HostState.Updating, waits, last.Received) : new Verdict(
                HostState.Updating, $"Attempt {last.Attempt} at release {release.Number} has begun and not ended.", last.Received);
        }

        if (!result.Outcome.IsSuccess())
        {
            var state = result.Outcome == AttemptOutcome.RolledBack ? HostState.RolledBack : HostState.Failing;
            return new Verdict(
                state,
                $"{StatusSentences.Of(result.Outcome)}: "
                    + $"{StatusSentences.Sentence(result.Reason)}{(result.WillRetry ? " The host tries again." : string.Empty)}",
                last.Received);
        }

        if (result.Outcome != AttemptOutcome.RebootNeeded && result.Outcome != AttemptOutcome.AutoUpdated
            && release.ExpectedSystem is { } expected && result.Running != expected)
        {
            return new Verdict(
                HostState.Failing,
                $"It reports success, and that it runs {result.Running?.BaseName ?? "nothing that it can name"} instead of what was "
                    + "published.",
                last.Received);
        }

        var unexplained = attempts.Count(attempt => attempt.Result is { WillRetry: false, Outcome: not AttemptOutcome.AutoUpdated });
        return unexplained > 1
            ? new Verdict(
                HostState.ExtraLogs,
                $"It reported {unexplained} final results for release {release.Number}; one explains itself.",
                last.Received)
            : new Verdict(
                result.Outcome == AttemptOutcome.AutoUpdated ? HostState.AutoUpdated : HostState.UpToDate,
                $"Release {release.Number}: {StatusSentences.Sentence(result.Reason)}",
                last.Received);
    }

    /// <summary>
    /// What a host made of its release is over when a later heartbeat names another system. Since when that is so, nobody tells.
    /// </summary>
    private static Verdict Stays(HostFacts facts, Verdict verdict, Release release) =>
        verdict.State.Weight() == StateWeight.Well && DriftRule.Judge(facts) is { } running
            ? new Verdict(HostState.Failing, $"It was on release {release.Number}, and says since that it runs {running.BaseName}.", null)
            : verdict;

    private static Verdict Pending(HostFacts facts, PublishedRelease current, StorePath? running)
    {
        var release = current.Release;

        // Systems say it better than files; where one of them is not known, the same files most likely make the same system.
        var isSame = release.ExpectedSystem is { } expected && running is { } runs
            ? runs == expected
            : LastSuccessfulTree(facts.Record) == release.Content.TreeHash;
        return isSame
            ? new Verdict(
                HostState.SyncPending,
                $"Release {release.Number} waits to be fetched; it describes the system that the host runs.",
                current.At)
            : new Verdict(
                HostState.RebuildPending,
                $"Release {release.Number} waits to be fetched; it describes another system{Rejection(facts, release)}.",
                current.At);
    }

    private static string Rejection(HostFacts facts, Release release) =>
        release.ExpectedSystem is { } expected && facts.Heartbeat?.Rejected.Contains(expected) == true && !release.Policy.RetryRolledBack
            ? ", which the host went back from before and does not switch to again"
            : string.Empty;

    private static TreeHash? LastSuccessfulTree(HostRecord record)
    {
        var last = record.Attempts
            .Where(attempt => attempt.Result is { } result && result.Outcome.IsSuccess())
            .MaxBy(attempt => (attempt.Number, attempt.Attempt));
        return record.Releases.FirstOrDefault(published => published.Release.Id == last?.Result?.Release)?.Release.Content.TreeHash;
    }

    /// <summary>
    /// A time of the future was kept while the clock of this server was wrong. A host of which nothing else is known was heard at some
    /// time, and not lately.
    /// </summary>
    private static DateTimeOffset? LastSeen(HostFacts facts, DateTimeOffset now)
    {
        var times = facts.Record.Attempts.Select(attempt => (DateTimeOffset?)attempt.Received).Append(facts.HeartbeatReceived)
            .Append(facts.Record.BashLogs is [var log, ..] ? log.Received : null)
            .Where(time => time is not null)
            .ToList();
        return times.Where(time => time <= now + Tick).Max()
            ?? (times.Count > 0 && facts.Record.Releases is [var current, ..] ? current.At : null);
    }

    /// <summary>What the host said last about what it runs: a heartbeat that came before the last result is older news than it.</summary>
    private static StorePath? Running(HostFacts facts)
    {
        if (BashRule.Speaks(facts.Record))
        {
            return facts.Record.BashLogs[0].System;
        }

        var last = facts.Record.Attempts.Where(attempt => attempt.Result?.Running is not null)
            .MaxBy(attempt => (attempt.Number, attempt.Attempt));
        return (last is null || BeatOrder.IsAfter(facts, last) ? facts.Heartbeat?.Running : null) ?? last?.Result?.Running;
    }

    private static DateTimeOffset? LastSuccess(HostRecord record) =>
        record.Attempts.Where(attempt => attempt.Result is { } result && result.Outcome.IsSuccess())
            .Select(attempt => (DateTimeOffset?)attempt.Received)
            .Concat(record.BashLogs.Where(log => log.Outcome is BashOutcome.Success or BashOutcome.AutoUpdate)
                .Select(log => (DateTimeOffset?)log.Received))
            .Max();

    /// <param name="facts">What is known.</param>
    /// <param name="isSaid">Whether the reason says already what the host says.</param>
    private static IReadOnlyList<string> Remarks(HostFacts facts, bool isSaid)
    {
        var remarks = facts.Remarks;
        if (facts.Heartbeat is { Detail: { } detail } && !isSaid && !BashRule.Speaks(facts.Record))
        {
            remarks = [.. remarks, $"It says: {detail}"];
        }

        if (facts.Heartbeat?.Pause is { } pause && !BashRule.Speaks(facts.Record))
        {
            remarks = [.. remarks, StatusSentences.Of(pause)];
        }

        return facts.Heartbeat?.AcceptedHostKey is { } key
            ? [
                .. remarks,
                    $"It took the host key {key} of its server at first contact. Compare it with 'ssh-keygen -l' on the server, then pin "
                        + "it: server.hostKeys.",
                ]
            : remarks;
    }
}
