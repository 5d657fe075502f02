using System.Runtime.CompilerServices;
using Bento.Rollouts;

namespace Bento.Diagnostics;

/// <summary>
/// A rollout that goes on only when somebody does something, and one that nobody goes on with. Read from its files alone.
/// </summary>
internal sealed class RolloutExamination(RolloutFiles files, TimeProvider clock) : IExamination
{
    public string Subject => "rollout";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (files.Read() is { Ended: null } state
            && StandingRolloutRule.Judge(state, files.ReadHold(state), clock.GetUtcNow()) is { } problem)
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
}
