namespace Bento.Building.Evaluation;

/// <summary>How one process that evaluated some systems ended.</summary>
/// <param name="HasBegun">Whether it could read the flake.</param>
/// <param name="Told">What it found out before it ended.</param>
/// <param name="Ending">Why it ended.</param>
/// <param name="Failure">Why it failed; null unless that is the ending.</param>
internal sealed record EvaluationRun(
    bool HasBegun, IReadOnlyList<SystemEvaluation> Told, EvaluationEnding Ending, BuildFailure? Failure = null);
