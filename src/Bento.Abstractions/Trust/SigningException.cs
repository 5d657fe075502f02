namespace Bento.Trust;

/// <summary>A release could not be signed: the key is missing, locked, or of a kind that no agent verifies.</summary>
public sealed class SigningException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, with the path of the key.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public SigningException(string message, Exception? innerException = null)
        : base(message, innerException) => Kind = FailureKind.Signing;
}
