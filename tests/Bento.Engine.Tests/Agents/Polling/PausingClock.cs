using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents.Polling;

/// <summary>Counts the pauses of the agent, which are those of about a minute.</summary>
internal sealed class PausingClock : FakeTimeProvider
{
    private int _pauses;

    public int Pauses => _pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.FromSeconds(40) && dueTime < TimeSpan.FromSeconds(80))
        {
            Interlocked.Increment(ref _pauses);
        }

        return timer;
    }
}
