namespace Bento.Testing.Fleet;

/// <summary>Counts what a process does to the world outside of it, and ends the process at one of these effects.</summary>
public sealed class FaultPoint
{
    private int _left;

    /// <summary>How many effects there were since it was armed.</summary>
    public int Count { get; private set; }

    /// <summary>Ends the process at the n-th effect from now, counted from 1; 0 for never.</summary>
    public void Arm(int n)
    {
        _left = n;
        Count = 0;
    }

    /// <summary>Says that something is about to happen.</summary>
    /// <exception cref="PowerCutException">This is where the process ends.</exception>
    public void Pass(string what)
    {
        Count++;
        if (_left > 0 && --_left == 0)
        {
            throw new PowerCutException($"The process ended before: {what}.");
        }
    }
}
