using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents;

/// <summary>A clock on which the pauses between two tries are known: what waits longer than they do is a time limit.</summary>
internal sealed class PauseClock : FakeTimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private long _pauseTicks;

    /// <returns>The pauses that were begun since the last call, together.</returns>
    public TimeSpan TakePause() => TimeSpan.FromTicks(Interlocked.Exchange(ref _pauseTicks, 0));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= LongestPause)
        {
            _ = Interlocked.Add(ref _pauseTicks, dueTime.Ticks);
        }

        return timer;
    }
}
