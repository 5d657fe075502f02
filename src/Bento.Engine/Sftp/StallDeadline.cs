namespace Bento.Sftp;

/// <summary>Ends a call when the peer is silent for too long, also a call that does not look at its token. Each answer moves it on.</summary>
internal sealed class StallDeadline : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    public StallDeadline(TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _timer = new CancellationTokenSource(timeout, timeProvider);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    public Task Run(Func<CancellationToken, Task> call) => Wait(call(_linked.Token));

    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> call)
    {
        var task = call(_linked.Token);
        await Wait(task).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }

    private async Task Wait(Task call)
    {
        // Whoever gave up does not see how it ends: its failure must not come back as an unobserved one.
        _ = call.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await call.WaitAsync(_linked.Token).ConfigureAwait(false);
        _timer.CancelAfter(_timeout);
    }
}
