using Microsoft.Extensions.Time.Testing;

namespace Bento.Testing.Fleet;

/// <summary>
/// The clock of one scripted host. It stands still until somebody moves it, or until the agent has nothing to do but wait.
/// </summary>
/// <remarks>
/// A <c>Task.Delay</c> is over at once and takes its time with it: whoever awaits one does nothing else. A deadline (a
/// <see cref="CancellationTokenSource"/>) passes only when time does. So hours pass in no time, and the same way in every run.
/// </remarks>
public sealed class HostClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How wrong the clock is: what people read from it moves, the time that passes does not.</summary>
    /// <value>Default: not at all.</value>
    public TimeSpan Skew { get; set; }

    /// <summary>The true time.</summary>
    public DateTimeOffset True => base.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skew;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (state is Task)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(_ => Advance(dueTime), null);
        }

        return timer;
    }
}
