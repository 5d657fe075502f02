using Bento.Building;

namespace Bento.Engine.Tests.Building.Evaluation;

/// <summary>Evaluations without settings and progress, as most tests need them.</summary>
internal static class EvaluationSteps
{
    public static Task<DirectoryEvaluation> EvaluateAsync(
        this ISystemBuilder builder,
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        CancellationToken cancellationToken) =>
        builder.EvaluateAsync(source, attributes, new EvaluationSettings(), null, cancellationToken);
}
