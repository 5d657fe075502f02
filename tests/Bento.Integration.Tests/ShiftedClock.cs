namespace Bento.Integration.Tests;

/// <summary>The clock of this machine, some time ahead: timers run as they do.</summary>
internal sealed class ShiftedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
