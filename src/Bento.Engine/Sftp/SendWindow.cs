namespace Bento.Sftp;

/// <summary>How many bytes the peer still takes. One caller waits at a time.</summary>
internal sealed class SendWindow
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiting;
    private long _left;

    /// <summary>The peer takes more.</summary>
    public void Add(uint bytes)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            // RFC 4254, 5.2: the window never exceeds 2^32 - 1.
            _left = long.Min(_left + bytes, uint.MaxValue);
            (waiting, _waiting) = (_waiting, null);
        }

        waiting?.TrySetResult();
    }

    /// <summary>Takes what there is, once there is something.</summary>
    /// <param name="wanted">The most that is taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At least one.</returns>
    public async Task<int> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_left > 0)
                {
                    var taken = (int)long.Min(_left, wanted);
                    _left -= taken;
                    return taken;
                }

                _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                more = _waiting.Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
