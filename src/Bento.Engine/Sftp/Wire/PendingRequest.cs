namespace Bento.Sftp.Wire;

/// <summary>A request that waits for its answer.</summary>
internal abstract class PendingRequest
{
    /// <summary>Takes the answer.</summary>
    /// <exception cref="SftpProtocolException">It makes no sense.</exception>
    public abstract void Answer(Reply reply);

    /// <summary>Ends it without an answer.</summary>
    public abstract void Fail(Exception exception);
}
