using Bento.Hosts;

namespace Bento.Cli.Composition;

/// <summary>What somebody can do about a setting of an agent, beyond what the library knows: which commands there are.</summary>
internal static class AgentAdvice
{
    private static readonly Dictionary<string, string> OfSetting = new(StringComparer.Ordinal)
    {
        ["server.hostKeys"] = "A host that cannot know it may accept the first key that it sees: bento agent once --accept-first",
        ["trust.keys"] = "'bento trust show' prints it, where the fleet is deployed.",
    };

    /// <summary>The same problems, each with what can be done about it.</summary>
    public static InvalidFleetException Of(InvalidFleetException exception) => new([.. exception.Problems.Select(Advised)], exception);

    private static FleetProblem Advised(FleetProblem problem) =>
        problem.Setting is { } setting && OfSetting.TryGetValue(setting, out var advice)
            ? problem with { Message = $"{problem.Message} {advice}" }
            : problem;
}
