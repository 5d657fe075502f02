namespace Bento.Agents.Machine;

/// <summary>Whether the agent gets on: each step says how long it may take at most, and one that takes longer hangs. Thread-safe.</summary>
internal sealed class StepWatchdog(TimeProvider clock)
{
    /// <summary>What every step may take beside its own limit: reading, writing, a server that answers slowly.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(20);

    private long _overdueAt = long.MaxValue;

    /// <summary>Whether the step that was begun last has taken longer than it may.</summary>
    public bool IsOverdue => clock.GetTimestamp() > Volatile.Read(ref _overdueAt);

    /// <summary>Begins the next step.</summary>
    /// <param name="limit">How long it may take, by its own deadline.</param>
    public void Begin(TimeSpan limit) =>
        Volatile.Write(ref _overdueAt, clock.GetTimestamp() + (long)((limit + Margin).TotalSeconds * clock.TimestampFrequency));
}
