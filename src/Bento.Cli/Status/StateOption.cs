using System.CommandLine;
using System.Text.Json;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary><c>--state failing,silent</c>: states by the words of the JSON output.</summary>
internal static class StateOption
{
    public static Option<HostState[]?> Create() => new("--state")
    {
        Description = $"Only hosts in these states: {string.Join(", ", Enum.GetValues<HostState>().Select(Word))}; ',' is or.",
        HelpName = "STATES",
        CustomParser = result =>
        {
            var words = string.Join(',', result.Tokens.Select(token => token.Value)).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var known = Enum.GetValues<HostState>().ToDictionary(Word, StringComparer.OrdinalIgnoreCase);
            foreach (var unknown in words.Where(word => !known.ContainsKey(word)))
            {
                result.AddError($"'{unknown}' is no state. The states are {string.Join(", ", known.Keys)}.");
                return null;
            }

            return [.. words.Select(word => known[word])];
        },
    };

    /// <summary>The word for a state in options and in JSON.</summary>
    public static string Word(HostState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());
}
