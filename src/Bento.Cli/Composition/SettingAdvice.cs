using Bento.Hosts;

namespace Bento.Cli.Composition;

/// <summary>What somebody can do about a setting, beyond what the library knows: which commands and variables there are.</summary>
internal static class SettingAdvice
{
    private static readonly Dictionary<string, string> Fleet = new(StringComparer.Ordinal)
    {
        ["safeDirectories"] = "To name it: BENTO_SAFE_DIRECTORIES=DIR[:DIR...] in the environment of root.",
    };

    private static readonly Dictionary<string, string> Agent = new(Fleet, StringComparer.Ordinal)
    {
        ["server.hostKeys"] = "A host that cannot know it may accept the first key that it sees: bento agent once --accept-first",
        ["trust.keys"] = "'bento trust show' prints it, where the fleet is deployed.",
    };

    /// <summary>The same problems of a bento.json, each with what can be done about it.</summary>
    public static InvalidFleetException OfFleet(InvalidFleetException exception) => With(Fleet, exception);

    /// <summary>The same problems of an agent.json, each with what can be done about it.</summary>
    public static InvalidFleetException OfAgent(InvalidFleetException exception) => With(Agent, exception);

    private static InvalidFleetException With(Dictionary<string, string> advice, InvalidFleetException exception) => new(
        [
            .. exception.Problems.Select(problem => problem.Setting is { } setting && advice.TryGetValue(setting, out var said)
                ? problem with { Message = $"{problem.Message} {said}" }
                : problem),
        ],
        exception);
}
