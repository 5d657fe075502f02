namespace Bento.Rollouts;

/// <summary>A rollout cannot be begun, changed or read.</summary>
public sealed class RolloutException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What cannot be done, and why.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public RolloutException(string message, Exception? innerException = null)
        : base(message, innerException) => Kind = FailureKind.Held;
}
