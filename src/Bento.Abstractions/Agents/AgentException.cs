namespace Bento.Agents;

/// <summary>The agent cannot work on this machine: its state cannot be written, or a setting is wrong.</summary>
public sealed class AgentException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, with the path.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public AgentException(string message, Exception? innerException = null)
        : base(message, innerException) => Kind = FailureKind.Machine;
}
