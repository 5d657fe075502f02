using System.CommandLine;
using System.CommandLine.Completions;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary><c>--state failing,rollbacked</c>: states as the table calls them, or as JSON does.</summary>
internal static class StateOption
{
    public static Option<HostState[]?> Create()
    {
        var option = Parsed();
        option.CompletionSources.Add(context =>
        {
            // Several states: the last one is completed, the others stay.
            var before = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
            return Enum.GetValues<HostState>().Select(state => new CompletionItem(before + StateWords.Choice(state)));
        });
        return option;
    }

    private static Option<HostState[]?> Parsed() => new("--state")
    {
        Description = $"Only hosts in these states: {string.Join(", ", Enum.GetValues<HostState>().Select(StateWords.Choice))}; ',' is or.",
        HelpName = "STATES",
        CustomParser = result =>
        {
            var words = string.Join(',', result.Tokens.Select(token => token.Value))
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var unknown in words.Where(word => !Known.ContainsKey(word)))
            {
                result.AddError(
                    $"Unknown state '{unknown}'.{Suggestion.For(unknown, Known.Keys)} The states are "
                        + $"{string.Join(", ", Enum.GetValues<HostState>().Select(StateWords.Choice))}.");
                return null;
            }

            return [.. words.Select(word => Known[word])];
        },
    };

    /// <summary>What a person may write: the name in the table, with or without hyphens, and the word in JSON.</summary>
    private static Dictionary<string, HostState> Known { get; } = Enum.GetValues<HostState>()
        .SelectMany(
            state => new[] { StateWords.Name(state), StateWords.Choice(state), Word(state) }.Distinct(), (state, word) => (word, state))
        .ToDictionary(pair => pair.word, pair => pair.state, StringComparer.OrdinalIgnoreCase);

    /// <summary>The word for a state in JSON and metrics.</summary>
    public static string Word(HostState state) => JsonOutput.Word(state);
}
