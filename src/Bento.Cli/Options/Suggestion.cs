namespace Bento.Cli.Options;

/// <summary>What somebody probably meant who mistyped one of a few words.</summary>
internal static class Suggestion
{
    /// <returns><c> Did you mean 'status'?</c>, with a space before it; empty when no word is near.</returns>
    public static string For(string typed, IEnumerable<string> words) =>
        Nearest(typed, words) is { } word ? $" Did you mean '{word}'?" : string.Empty;

    /// <returns>The nearest word; null when every one of them differs too much.</returns>
    public static string? Nearest(string typed, IEnumerable<string> words)
    {
        var near = words.Select(word => (Word: word, Distance: Distance(typed, word))).OrderBy(pair => pair.Distance).FirstOrDefault();
        return near.Word is { } found && (near.Distance <= int.Max(1, typed.Length / 3)
            || (typed.Length >= 3 && found.StartsWith(typed, StringComparison.OrdinalIgnoreCase))) ? found : null;
    }

    /// <summary>How many letters must be put in, taken out, replaced or swapped with a neighbour (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        var rows = new List<int[]> { Enumerable.Range(0, to.Length + 1).ToArray() };
        for (var i = 1; i <= from.Length; i++)
        {
            rows.Add([i, .. new int[to.Length]]);
            for (var j = 1; j <= to.Length; j++)
            {
                var isSame = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]);
                var isSwap = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                var cost = int.Min(rows[i - 1][j - 1] + (isSame ? 0 : 1), int.Min(rows[i - 1][j], rows[i][j - 1]) + 1);
                rows[i][j] = isSwap ? int.Min(cost, rows[i - 2][j - 2] + 1) : cost;
            }
        }

        return rows[^1][^1];
    }
}
