namespace Bento.Hosts;

/// <summary>The Bento directory or its configuration cannot be used at all. Carries every problem, not only the first.</summary>
public sealed class InvalidFleetException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">What is wrong; at least one.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public InvalidFleetException(IReadOnlyList<FleetProblem> problems, Exception? innerException = null)
        : base(string.Join(Environment.NewLine, problems), innerException)
    {
        Problems = problems;
        Kind = FailureKind.Configuration;
    }

    /// <summary>What is wrong; at least one.</summary>
    public IReadOnlyList<FleetProblem> Problems { get; }
}
