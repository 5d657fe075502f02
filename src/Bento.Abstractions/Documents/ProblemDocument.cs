using System.Text.Json.Serialization;
using Bento.Hosts;

namespace Bento.Documents;

/// <summary>What is wrong with a directory as a whole.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ProblemDocument
{
    /// <summary>The file or directory, relative to the Bento directory.</summary>
    [JsonPropertyName("path")]
    public required string Path { get; init; }

    /// <summary>What is wrong, and what to do.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    internal static ProblemDocument Of(FleetProblem problem, Func<NextStep, string>? say) => new()
    {
        Path = problem.Path,
        Message = problem.NextStep is { } next ? $"{problem.Message} {NextSteps.Say(next, say)}" : problem.Message,
    };
}
