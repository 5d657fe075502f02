using Bento.Hosts;

namespace Bento.Cli.Terminal;

/// <summary>What is wrong with a directory as a whole, in JSON.</summary>
internal sealed record ProblemDocument(string Path, string Message)
{
    public static IReadOnlyList<ProblemDocument> Of(IEnumerable<FleetProblem> problems) =>
        [.. problems.Select(problem => new ProblemDocument(
            problem.Path, problem.NextStep is { } next ? $"{problem.Message} {NextStepText.Of(next)}" : problem.Message))];
}
