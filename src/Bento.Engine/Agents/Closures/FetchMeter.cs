namespace Bento.Agents.Closures;

/// <summary>Says how far a closure has come: when the fetch begins, every few seconds, and when all is there. Thread-safe.</summary>
/// <param name="say">Gets the bytes that came, and all that are to come; one call at a time.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class FetchMeter(Action<long, long> say, TimeProvider clock)
{
    /// <summary>Who watches sees it move, and a journal does not fill.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _bytes;
    private long _total;
    private long _said;

    /// <summary>So many bytes are to come, beside those that were.</summary>
    public void Expect(long bytes)
    {
        lock (_lock)
        {
            _total += bytes;
            if (bytes > 0)
            {
                Say();
            }
        }
    }

    /// <summary>So many have come.</summary>
    public void Add(int bytes)
    {
        lock (_lock)
        {
            _bytes += bytes;
            if (_bytes == _total || clock.GetElapsedTime(_said) >= Interval)
            {
                Say();
            }
        }
    }

    private void Say()
    {
        _said = clock.GetTimestamp();
        say(_bytes, _total);
    }
}
