namespace Bento;

/// <summary>A token that is cancelled when a time is over, or when the caller cancels.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="clock">By which clock. It is monotonic: a wall clock that jumps changes nothing.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        _limit = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether the time is over.</summary>
    public bool HasPassed => _limit.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
