namespace Bento.Building;

/// <summary>What evaluation says about the systems of one directory.</summary>
/// <param name="Systems">A result for each system that was asked for, in ordinal order of their attributes; empty when the directory could
/// not be read.</param>
/// <param name="Failure">Why the directory could not be read; null when it could.</param>
/// <remarks>Immutable.</remarks>
public sealed record DirectoryEvaluation(IReadOnlyList<SystemEvaluation> Systems, BuildFailure? Failure = null)
{
    /// <summary>
    /// A result for each system that was asked for, in ordinal order of their attributes; empty when the directory could not be read.
    /// </summary>
    public IReadOnlyList<SystemEvaluation> Systems { get; init => field = ValueList.Of(value); } = ValueList.Of(Systems);
}
