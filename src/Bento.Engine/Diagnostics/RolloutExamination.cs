using System.Runtime.CompilerServices;
using Bento.Rollouts;

namespace Bento.Diagnostics;

/// <summary>
/// A rollout that goes on only when somebody does something, and one that nobody goes on with. Read from its files alone.
/// </summary>
internal sealed class RolloutExamination(RolloutFiles files, TimeProvider clock) : IExamination
{
    /// <summary>How long after its time a rollout is left to whoever continues it: a timer may run once a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public string Subject => "rollout";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (files.Read() is { Ended: null } state && Judge(state, files.ReadHold(state), clock.GetUtcNow()) is { } problem)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Warning,
                Message = $"The rollout that {state.By} began at {state.Began:u} {problem} "
                    + "No other deploy reaches the hosts that wait for their wave.",
                NextStep = new NextStep("End it, or let it go on.") { Verb = NextStepVerb.EndRollout },
            };
        }
    }

    /// <summary>What is the matter with a rollout that is not over, as the end of a sentence; null for nothing. Pure.</summary>
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
