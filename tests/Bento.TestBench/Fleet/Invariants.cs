using Bento.Agents;
using Bento.Protocol;
using Bento.Status;

namespace Bento.TestBench.Fleet;

/// <summary>What holds whatever goes wrong (docs/faults.md): one checker for scripted fleets and for real machines. Pure.</summary>
public static class Invariants
{
    /// <summary>What holds at every moment, also in the middle of a fault.</summary>
    /// <param name="before">What was seen before; null at the beginning.</param>
    /// <param name="now">What is seen now.</param>
    /// <returns>A sentence for each rule that does not hold, beginning with its id.</returns>
    public static IReadOnlyList<string> Check(Observation? before, Observation now) =>
        [.. new[] { I1(before, now), I2(now), I3(before, now), I4(now), I6(now), I9(now), I10(now), I11(now) }.OfType<string>()];

    /// <summary>What holds besides when every fault is over and two polls went by.</summary>
    public static IReadOnlyList<string> CheckSettled(Observation now) => [.. new[] { I5(now), I7(now), I8(now) }.OfType<string>()];

    private static string? I1(Observation? before, Observation now) => (before?.Published, now.Published) switch
    {
        (_, { IsWhole: false } torn) =>
            $"I1 a published release is wholly old or wholly new: {now.Host} is offered release {torn.Number} without its content.",
        ({ } old, null) => $"I1 a published release is wholly old or wholly new: release {old.Number} of {now.Host} is gone.",
        ({ } old, { } current) when current.Number < old.Number || (current.Number == old.Number && current.Id != old.Id) =>
            $"I1 a published release is wholly old or wholly new: {now.Host} was offered {old.Number}, and then another {current.Number}.",
        _ => null,
    };

    private static string? I2(Observation now) =>
        now.Activated.Select(system => (StorePath?)system).FirstOrDefault(system => !IsKnown(now, system)) is { } foreign
            ? $"I2 nothing unverified is activated: {now.Host} switched to {foreign}, which no release describes."
            : null;

    private static string? I3(Observation? before, Observation now) =>
        before?.Floor is { } floor && (now.Floor is not { } fell || fell < floor)
            ? $"I3 the floor never falls: {now.Host} had accepted {floor}, and now {now.Floor?.ToString() ?? "nothing"}."
            : null;

    private static string? I4(Observation now) =>
        (new[] { now.Running, now.Profile }).FirstOrDefault(system => !IsKnown(now, system)) is { } third
            ? $"I4 a host runs and boots the old system or the new one: {now.Host} has {third}."
            : null;

    private static string? I5(Observation now) =>
        now.Reports.FirstOrDefault(start => !now.Reports.Any(other => IsAfter(other, start))) is { } silent
            ? $"I5 every attempt ends reported or tried again: attempt {silent.Attempt} of {now.Host} at release {silent.Number} began, "
                + "and nothing came of it."
            : null;

    private static string? I6(Observation now) => now.MostAtOnce > 1
        ? $"I6 at most one activation runs at a time: {now.Host} had {now.MostAtOnce}."
        : null;

    private static string? I7(Observation now) => now.Leftovers.Count > 0
        ? $"I7 leftovers are gone after the next success: {now.Host} has {string.Join(", ", now.Leftovers)}."
        : null;

    private static string? I8(Observation now)
    {
        if (now is not { Published: { } current, Running: { } running, State: { } state })
        {
            return null;
        }

        var last = now.Reports.Where(report => report.Release == current.Id && report.Outcome is not null).MaxBy(report => report.Attempt);
        var agrees = last switch
        {
            null => false,
            { IsSuccess: true } => state is HostState.UpToDate or HostState.AutoUpdated or HostState.ExtraLogs
                && (last.Outcome == AttemptOutcome.RebootNeeded || current.System is null || running == current.System),
            { Outcome: AttemptOutcome.RolledBack } => state == HostState.RolledBack && running != current.System,
            _ => state == HostState.Failing,
        };
        return agrees
            ? null
            : $"I8 two polls after the last fault host and server agree: {now.Host} runs {running.Name}, release {current.Number} is "
                + $"{current.System?.Name}, it reported {last?.Outcome?.ToString() ?? "nothing"}, and the status says {state}.";
    }

    private static string? I9(Observation now) =>
        now is { State: HostState.UpToDate or HostState.AutoUpdated, Published: { } current }
            && !now.Reports.Any(report => report.Release == current.Id && report.IsSuccess)
            ? $"I9 no row is green without a report for the current release: {now.Host} is {now.State} and never reported success with "
                + $"release {current.Number}."
            : null;

    private static string? I10(Observation now) => now.Exposed.Count > 0
        ? $"I10 nothing secret can be read by others: {string.Join(", ", now.Exposed)}."
        : null;

    private static string? I11(Observation now)
    {
        if (now is not { Result: { Conclusion: AgentConclusion.Attempted, Number: { } number, Outcome: { } outcome }, Running: { } running }
            || now.Releases.FirstOrDefault(release => release.Number == number)?.System is not { } wanted)
        {
            return null;
        }

        var holds = outcome switch
        {
            AttemptOutcome.Succeeded or AttemptOutcome.Degraded => running == wanted,
            AttemptOutcome.RolledBack => running != wanted,
            _ => true,
        };
        return holds ? null : $"I11 what is said is what happened: {now.Host} says {outcome} of release {number} and runs {running.Name}.";
    }

    private static bool IsKnown(Observation now, StorePath? system) =>
        system is null || system == now.First || now.Releases.Any(release => release.System == system);

    /// <summary>Whether a report says what came of an attempt: its result, or that there was a later one.</summary>
    private static bool IsAfter(SeenReport other, SeenReport start) =>
        start.Outcome is not null
        || (other.Number, other.Attempt).CompareTo((start.Number, start.Attempt)) > 0
        || ((other.Number, other.Attempt) == (start.Number, start.Attempt) && other.Outcome is not null);
}
