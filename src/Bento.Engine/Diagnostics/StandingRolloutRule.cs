using Bento.Rollouts;

namespace Bento.Diagnostics;

/// <summary>Whether a rollout stands still: <c>(its state, its hold, now) → what is the matter, or nothing</c>. Pure.</summary>
internal static class StandingRolloutRule
{
    /// <summary>How long after its time a rollout is left to whoever continues it: a timer may run once a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>What is the matter with a rollout that is not over, as the end of a sentence; null for nothing.</summary>
    public static string? Judge(RolloutState state, RolloutHold? hold, DateTimeOffset now) => (state, hold) switch
    {
        (_, { IsAbort: true }) => "was aborted, and its end is not written down yet.",
        ({ Stopped: { } stop }, _) => $"has stopped. {stop.Reason}",
        (_, { } pause) when now - pause.At > Patience => $"is paused since {pause.At:u}.",
        (_, null) when now - Moved(state) > Patience + state.Limits.Soak + state.Limits.AnswerTimeout + state.Limits.AbsentTimeout =>
            "has not gone on for longer than any of its times: nobody continues it, or it waits for an approval.",
        _ => null,
    };

    /// <summary>When it last went on.</summary>
    private static DateTimeOffset Moved(RolloutState state) =>
        state.Waves.SelectMany(wave => new[] { wave.Began, wave.Settled }).OfType<DateTimeOffset>().Append(state.Began).Max();
}
