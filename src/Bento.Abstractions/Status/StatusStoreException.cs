namespace Bento.Status;

/// <summary>The status store could not be read or written.</summary>
public sealed class StatusStoreException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, with the path.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public StatusStoreException(string message, Exception? innerException = null)
        : base(message, innerException) => Kind = FailureKind.Store;
}
