using Bento.Status;

namespace Bento.Rollouts;

/// <summary>How far a host is in a rollout: an entry, its status and now → a state. Pure.</summary>
/// <remarks>
/// Silence is judged by whether the host was there to begin with. One that was there, got a release and is silent since may have been
/// broken by it: when its time is over it counts as failed. One that was away, paused or frozen, or waits for its window, tells nothing
/// about the release until it is back.
/// </remarks>
internal static class HostJudgement
{
    /// <summary>Whether a host is there to take a release.</summary>
    public static bool IsPresent(HostStatus? status) => status?.IsAbsent() == false;

    /// <summary>Adds what a look at the host shows.</summary>
    public static RolloutMember Observe(RolloutMember entry, HostStatus? status, DateTimeOffset now)
    {
        if (entry is { Number: null } or { IsReplaced: true } || status is null)
        {
            return entry;
        }

        if (status.Number > entry.Number)
        {
            return entry with { IsReplaced = !entry.IsConfirmed };
        }

        var isBack = entry.PresentSince is null && status.LastSeen > (entry.SeenBefore ?? DateTimeOffset.MinValue) && IsPresent(status);
        return entry with
        {
            IsConfirmed = entry.IsConfirmed || status.ProgressOf(entry.Number.Value) == ReleaseProgress.Converged,
            PresentSince = isBack ? now
                : status.IsWaiting() && status.State != HostState.Silent ? null
                : entry.PresentSince,
        };
    }

    public static RolloutHost Judge(RolloutMember entry, HostStatus? status, RolloutLimits limits, DateTimeOffset now)
    {
        var host = new RolloutHost(entry.Host, RolloutHostState.Queued)
        {
            Wave = entry.Wave,
            Number = entry.Number,
            IsForgiven = entry.IsForgiven,
        };
        return entry switch
        {
            { Failure: { } failure } => host with { State = RolloutHostState.Failed, Reason = failure },
            { IsReplaced: true } => host with
            {
                State = RolloutHostState.Replaced,
                Reason = "Something else was published for it since it was planned.",
            },
            { Number: null } => host,
            _ when status is not null && status.Number <= entry.Number && status.ProgressOf(entry.Number.Value) == ReleaseProgress.Failed =>
                host with { State = RolloutHostState.Failed, Reason = status.Reason },
            { IsConfirmed: true } => host with { State = RolloutHostState.Confirmed },
            { PresentSince: { } since } => InTime(host, status, since + limits.AnswerTimeout, now),
            _ => host with
            {
                State = RolloutHostState.Away,
                Reason = Absence(status),
                Until = entry.Published + limits.AbsentTimeout is { } until && until > now ? until : null,
            },
        };
    }

    /// <summary>Whether a wave waits for a host.</summary>
    public static bool IsWaitedFor(RolloutHost host) => host.Until is not null;

    private static RolloutHost InTime(RolloutHost host, HostStatus? status, DateTimeOffset until, DateTimeOffset now) => now < until
        ? host with { State = RolloutHostState.Waiting, Reason = status?.Reason, Until = until }
        : host with
        {
            State = RolloutHostState.TimedOut,
            Reason = $"No answer in its time. {status?.Reason}".TrimEnd(),
        };

    private static string Absence(HostStatus? status) => status switch
    {
        { LastSeen: null } or null => "It was never heard.",
        _ when status.Flags.HasFlag(StatusFlags.Paused) => "Its agent is paused.",
        _ when status.Flags.HasFlag(StatusFlags.Frozen) => "It is frozen.",
        _ when status.Flags.HasFlag(StatusFlags.Held) => status.Reason,
        _ => "It is away.",
    };
}
