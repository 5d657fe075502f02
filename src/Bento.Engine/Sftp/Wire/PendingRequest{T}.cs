namespace Bento.Sftp.Wire;

/// <summary>A request that waits for an answer of one kind.</summary>
/// <param name="read">Reads the answer; throws what <see cref="Reply.Unexpected"/> gives for any other.</param>
internal sealed class PendingRequest<T>(Func<Reply, T> read) : PendingRequest
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public override void Answer(Reply reply)
    {
        try
        {
            _result.TrySetResult(read(reply));
        }
        catch (SftpStatusException refused)
        {
            Fail(refused);
        }
        catch (SftpProtocolException nonsense)
        {
            Fail(nonsense);
            throw;
        }
    }

    public override void Fail(Exception exception)
    {
        _result.TrySetException(exception);

        // Whoever gave up, or sent several requests and stopped at the first failure, does not look: that is not an unobserved exception.
        _ = _result.Task.Exception;
    }
}
