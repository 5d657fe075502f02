using Bento.Hosts;

namespace Bento.Configuration.Editing;

/// <summary>Finds the one key that somebody means: by its fingerprint, its file or the beginning of its comment. Pure.</summary>
internal static class SigningKeyChoice
{
    /// <returns>Its place in the list.</returns>
    /// <exception cref="InvalidFleetException">None or several are meant.</exception>
    public static int Find(IReadOnlyList<SigningKeyEntry> entries, string text, string workingDirectory)
    {
        var exact = Places(entries, entry =>
            entry.Key?.Fingerprint.ToString() == text || entry.File == text || entry.Path == Path.GetFullPath(text, workingDirectory));
        var found = exact.Count > 0
            ? exact
            : Places(entries, entry => text.Length > 0 && entry.Key?.Comment.StartsWith(text, StringComparison.Ordinal) is true);
        return found is [var only] ? only : throw new InvalidFleetException([new FleetProblem(text, Problem(entries, found))]);
    }

    private static string Problem(IReadOnlyList<SigningKeyEntry> entries, List<int> found) =>
        entries.Count == 0 ? "No key signs releases: signing.keys is empty."
        : found.Count == 0
            ? "No key in signing.keys has this fingerprint, file or comment. The keys are: "
                + $"{string.Join(", ", entries.Select(entry => entry.Key?.Fingerprint.ToString() ?? entry.File))}."
        : $"{found.Count} keys in signing.keys have a comment that begins like this. Name one by its fingerprint: "
            + $"{string.Join(", ", found.Select(place => entries[place].Key!.Fingerprint))}.";

    private static List<int> Places(IReadOnlyList<SigningKeyEntry> entries, Predicate<SigningKeyEntry> isMeant) =>
        [.. Enumerable.Range(0, entries.Count).Where(place => isMeant(entries[place]))];
}
