namespace Bento.Testing.Fleet;

/// <summary>Counts what a process does to the world outside of it, and ends the process at one of these effects.</summary>
/// <remarks>Thread-safe but for <see cref="Arm"/>: a publisher works on several hosts at once.</remarks>
public sealed class FaultPoint
{
    private int _count;
    private int _last;

    /// <summary>How many effects there were since it was armed.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends the process at the n-th effect from now, counted from 1; 0 for never.</summary>
    public void Arm(int n)
    {
        _last = n;
        Volatile.Write(ref _count, 0);
    }

    /// <summary>Says that something is about to happen.</summary>
    /// <exception cref="PowerCutException">This is where the process ends.</exception>
    public void Pass(string what)
    {
        if (Interlocked.Increment(ref _count) == _last)
        {
            throw new PowerCutException($"The process ended before: {what}.");
        }
    }
}
