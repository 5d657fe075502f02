using Bento.Configuration.Documents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Trust;

/// <summary>A key that bento.json names.</summary>
/// <param name="File">As it stands there.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Key">The key; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record SigningKeyEntry(string File, string Path, SshPublicKey? Key, string? Problem)
{
    public static async Task<IReadOnlyList<SigningKeyEntry>> ReadAsync(
        IServiceProvider services, BentoFile file, string directory, CancellationToken cancellationToken)
    {
        var keys = services.GetRequiredService<ISigningKeys>();
        var entries = new List<SigningKeyEntry>();
        foreach (var name in file.Signing.Keys)
        {
            var path = System.IO.Path.GetFullPath(name, directory);
            try
            {
                entries.Add(new SigningKeyEntry(name, path, await keys.ReadAsync(path, cancellationToken), null));
            }
            catch (SigningException exception)
            {
                // A key that was lost must be seen and revoked all the same.
                entries.Add(new SigningKeyEntry(name, path, null, exception.Message));
            }
        }

        return entries;
    }

    /// <summary>Finds the one key that somebody means: by its fingerprint, its file or the beginning of its comment.</summary>
    /// <returns>Its place in bento.json.</returns>
    /// <exception cref="InvalidFleetException">None or several are meant.</exception>
    public static int Find(IReadOnlyList<SigningKeyEntry> entries, string text, string workingDirectory)
    {
        var exact = Places(entries, entry =>
            entry.Key?.Fingerprint.ToString() == text || entry.File == text || entry.Path == System.IO.Path.GetFullPath(text, workingDirectory));
        var found = exact.Count > 0
            ? exact
            : Places(entries, entry => text.Length > 0 && entry.Key?.Comment.StartsWith(text, StringComparison.Ordinal) is true);
        return found is [var only]
            ? only
            : throw new InvalidFleetException(
                [new FleetProblem(text, entries.Count == 0 ? "No key signs releases: signing.keys is empty." : found.Count == 0
                    ? "No key in signing.keys has this fingerprint, file or comment. The keys are: "
                        + $"{string.Join(", ", entries.Select(entry => entry.Key?.Fingerprint.ToString() ?? entry.File))}."
                    : $"{found.Count} keys in signing.keys have a comment that begins like this. Name one by its fingerprint: "
                        + $"{string.Join(", ", found.Select(place => entries[place].Key!.Fingerprint))}."),
                    ]);
    }

    private static List<int> Places(IReadOnlyList<SigningKeyEntry> entries, Predicate<SigningKeyEntry> isMeant) =>
        [.. Enumerable.Range(0, entries.Count).Where(place => isMeant(entries[place]))];
}
