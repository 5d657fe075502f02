namespace Bento.Building;

/// <summary>Nix could not be used: it is not installed, refuses its arguments, or its store cannot be opened.</summary>
public sealed class NixException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public NixException(string message, Exception? innerException = null)
        : base(message, innerException) => Kind = FailureKind.Nix;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="isTransient">Whether the same may work later: the daemon restarts, the store is read-only for the moment.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public NixException(string message, bool isTransient, Exception? innerException = null)
        : this(message, innerException) => IsTransient = isTransient;
}
