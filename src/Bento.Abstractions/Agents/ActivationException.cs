namespace Bento.Agents;

/// <summary>The machine could not be touched: the profile could not be set, or the switch not started.</summary>
public sealed class ActivationException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ActivationException(string message, Exception? innerException = null)
        : base(message, innerException) => Kind = FailureKind.Machine;
}
