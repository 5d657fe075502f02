using System.Text.RegularExpressions;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Building.Fleet;

/// <summary>
/// Explains an evaluation that misses a file beside its configuration directory: <c>../../modules/base.nix</c> is there, and is not shipped
/// with the directory of the host.
/// </summary>
internal static partial class OutsideReference
{
    private const int MaxBytes = 1024 * 1024;
    private const string Up = "..";

    /// <param name="bentoDirectory">What such a file must lie in.</param>
    /// <param name="directory">What was evaluated.</param>
    /// <param name="message">Why that failed.</param>
    /// <returns>What to do; null when no file of the tree refers to anything outside that the message is about.</returns>
    public static string? Explain(string bentoDirectory, ScannedDirectory directory, string message) =>
        Find(bentoDirectory, directory)
            .Where(found => IsAbout(message, found.Reference))
            .Select(found => $"{PlainText.OfLine(found.File)} refers to {found.Reference}, which is not shipped with "
                + $"{directory.Configuration.Path}. Name {PlainText.OfLine(found.Share)} in the setting 'share'.")
            .FirstOrDefault();

    /// <summary>What a directory should share, without Nix: comments are taken for what they say, too.</summary>
    public static IEnumerable<string> FindUnshared(string bentoDirectory, ScannedDirectory directory) =>
        Find(bentoDirectory, directory).Select(found => found.Share);

    /// <summary>What the files of a tree refer to that is in the Bento directory, and not in the tree.</summary>
    private static IEnumerable<(string File, string Reference, string Share)> Find(
        string bentoDirectory, ScannedDirectory directory)
    {
        if (directory.Configuration.IsWholeTree)
        {
            return [];
        }

        var shipped = directory.Scan.Entries.Select(directory.PlaceOf).ToHashSet(StringComparer.Ordinal);
        return from entry in directory.Scan.Entries
               where !entry.IsDirectory && entry.Path.EndsWith(".nix", StringComparison.Ordinal)
               let file = directory.PlaceOf(entry)
               from reference in References(entry)
               let target = SharedPath.Resolve(file, reference)
               where target is not null && !shipped.Contains(target) && Path.Exists(Path.Join(bentoDirectory, target))
               select (file, reference, SharedPath.ToShare(target));
    }

    /// <summary>Nix names what it looked for, or only that it must not look.</summary>
    private static bool IsAbout(string message, string reference) =>
        message.Contains(string.Join('/', reference.Split('/').SkipWhile(name => name == Up)), StringComparison.Ordinal)
            || message.Contains("forbidden in pure eval", StringComparison.Ordinal);

    private static IEnumerable<string> References(TreeEntry entry)
    {
        try
        {
            var text = System.Text.Encoding.UTF8.GetString(PlainFile.ReadAll(entry.FullPath, MaxBytes) ?? []);
            return Literal().Matches(text).Select(match => match.Value.TrimEnd('/')).Where(reference => reference.Length > Up.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A path of the language of Nix that begins above the file.</summary>
    [GeneratedRegex(@"(?<![\w./+-])\.\.(?:/[\w.+-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
