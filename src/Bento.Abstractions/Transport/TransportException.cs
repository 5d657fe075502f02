namespace Bento.Transport;

/// <summary>The server that holds the areas could not be used.</summary>
public sealed class TransportException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What is the matter.</param>
    /// <param name="message">What failed, with the server or the path.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public TransportException(TransportFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        Kind = failure switch
        {
            TransportFailure.Unreachable or TransportFailure.Stalled => FailureKind.Unreachable,
            TransportFailure.HostKeyMismatch => FailureKind.HostKeyMismatch,
            TransportFailure.LoginRefused => FailureKind.LoginRefused,
            TransportFailure.Denied => FailureKind.Denied,
            TransportFailure.NoSpace => FailureKind.NoSpace,
            TransportFailure.TooLarge or TransportFailure.Foreign => FailureKind.Damaged,
            _ => FailureKind.Other,
        };
        IsTransient = failure is TransportFailure.Unreachable or TransportFailure.Stalled or TransportFailure.NoSpace;
    }

    /// <summary>What is the matter.</summary>
    public TransportFailure Failure { get; }
}
