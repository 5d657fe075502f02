using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;

namespace Bento.Cli.Options;

/// <summary>
/// <c>:failing</c> in a selector: the hosts that status says this of. It becomes their names, so that whoever gets the selector knows no
/// states.
/// </summary>
internal static class StateFactors
{
    private const char Mark = ':';
    private const string Attention = "attention";
    private const StatusFlags AllFlags = (StatusFlags)int.MaxValue;

    /// <summary>What may stand behind the colon: the states, the flags, and what needs somebody.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        .. Enum.GetValues<HostState>().Select(StateWords.Choice)
            .Concat(StateWords.Flags(AllFlags).Select(OneWord))
            .Append(Attention)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Whether the hosts must be looked at to know whom the text selects.</summary>
    public static bool Has(string text) => text.Contains(Mark, StringComparison.Ordinal);

    /// <summary>Says the names of hosts instead of their states.</summary>
    /// <param name="text">The selector: terms joined by <c>,</c> of factors joined by <c>+</c>.</param>
    /// <param name="statuses">All hosts.</param>
    /// <param name="origin">Where the selector was said, for errors.</param>
    /// <returns>A selector without states.</returns>
    /// <exception cref="InvalidFleetException">There is no such state, or no host is selected.</exception>
    public static string Expand(string text, IReadOnlyList<HostStatus> statuses, string origin)
    {
        var terms = text.Split(',').Select(term => term.Split('+', StringSplitOptions.TrimEntries)).ToList();
        var expanded = terms.SelectMany(factors => Term(factors, statuses, origin)).ToList();

        // Who takes away the hosts of a state that no host is in takes nothing away.
        return expanded.Count > 0 ? string.Join(',', expanded)
            : terms.TrueForAll(factors => factors is [['!', ..]]) ? HostSelector.All.ToString()
            : throw new InvalidFleetException([new FleetProblem(origin, $"No host is {text.Trim().Trim(Mark)} now.")]);
    }

    private static IEnumerable<string> Term(string[] factors, IReadOnlyList<HostStatus> statuses, string origin)
    {
        var rest = factors.Where(factor => factor is not ([Mark, ..] or ['!', Mark, ..])).ToList();
        var wanted = factors.Where(factor => factor is [Mark, ..]).Select(factor => In(factor[1..], statuses, origin)).ToList();
        var unwanted = factors.Where(factor => factor is ['!', Mark, ..])
            .SelectMany(factor => In(factor[2..], statuses, origin))
            .ToHashSet();

        // A list of negations takes away, each by itself.
        return factors is [['!', Mark, ..]] ? unwanted.Select(host => $"!{host}")
            : wanted.Count == 0 ? [Joined(rest.Concat(unwanted.Select(host => $"!{host}")))]
            : wanted.Aggregate((some, others) => some.Intersect(others)).Except(unwanted).Select(host => Joined(rest.Prepend($"{host}")));
    }

    private static string Joined(IEnumerable<string> factors) => string.Join('+', factors.DefaultIfEmpty($"{HostSelector.All}"));

    private static IEnumerable<HostName> In(string word, IReadOnlyList<HostStatus> statuses, string origin) =>
        Words.Contains(word)
            ? statuses.Where(status => Says(status).Contains(word)).Select(status => status.Host)
            : throw new InvalidFleetException([new FleetProblem(
                origin, $"':{word}' is no state.{Suggestion.For(word, Words)} There are {string.Join(", ", Words)}.")]);

    private static IEnumerable<string> Says(HostStatus status) =>
        StateWords.Flags(status.Flags).Select(OneWord)
            .Append(StateWords.Choice(status.State))
            .Concat(status.NeedsAttention ? [Attention] : Array.Empty<string>());

    private static string OneWord(string words) => words.Replace(' ', '-');
}
