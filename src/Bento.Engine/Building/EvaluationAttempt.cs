namespace Bento.Building;

/// <summary>How one evaluation of several systems ended.</summary>
/// <param name="Systems">The systems by attribute; null where evaluation threw or gave no system, absent where there is no such attribute; empty when it failed.</param>
/// <param name="Failure">Why nothing was evaluated; null when something was.</param>
internal sealed record EvaluationAttempt(IReadOnlyDictionary<string, SystemDerivation?> Systems, BuildFailure? Failure)
{
    private static readonly Dictionary<string, SystemDerivation?> None = [];

    /// <summary>Creates an attempt that failed.</summary>
    /// <param name="failure">Why.</param>
    public EvaluationAttempt(BuildFailure failure)
        : this(None, failure)
    {
    }
}
