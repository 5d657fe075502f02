using System.Text.RegularExpressions;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Building.Fleet;

/// <summary>
/// Explains an evaluation that misses a file beside its configuration directory: <c>../../modules/base.nix</c> is there, and only the
/// directory of the host is shipped.
/// </summary>
internal static partial class OutsideReference
{
    private const int MaxBytes = 1024 * 1024;
    private const string Up = "..";

    /// <param name="bentoDirectory">What such a file must lie in.</param>
    /// <param name="directory">What was evaluated.</param>
    /// <param name="message">Why that failed.</param>
    /// <returns>What to do; null when no file of the tree refers to anything outside that the message is about.</returns>
    public static string? Explain(string bentoDirectory, ScannedDirectory directory, string message)
    {
        var configuration = directory.Configuration;
        return configuration.IsWholeTree ? null : directory.Scan.Entries
            .Where(entry => !entry.IsDirectory && entry.Path.EndsWith(".nix", StringComparison.Ordinal))
            .SelectMany(entry => References(entry).Select(reference => (entry.Path, Reference: reference)))
            .Where(found => IsAbout(message, found.Reference))
            .Select(found => Advice(bentoDirectory, configuration, found.Path, found.Reference))
            .FirstOrDefault(advice => advice is not null);
    }

    private static string? Advice(string bentoDirectory, ConfigurationDirectory configuration, string file, string reference)
    {
        // Where the file stands in the tree that is shipped, not where a link leads.
        var target = Path.GetFullPath(Path.Join(configuration.FullPath, Path.GetDirectoryName(file), reference));
        if (IsIn(configuration.FullPath, target) || !IsIn(bentoDirectory, target) || !Path.Exists(target))
        {
            return null;
        }

        var shared = Directory.Exists(target) ? target : Path.GetDirectoryName(target)!;
        if (IsIn(shared, configuration.FullPath) || shared == bentoDirectory)
        {
            // The directory that holds the hosts cannot be linked into one of them; a single file can.
            shared = target;
        }

        var link = Path.GetFileName(shared);
        var inside = Path.GetRelativePath(Path.GetDirectoryName(shared)!, target);
        var place = Path.Join(configuration.FullPath, Path.GetDirectoryName(file));
        var from = Path.GetRelativePath(place, Path.Join(configuration.FullPath, inside));
        return $"{PlainText.OfLine(file)} refers to {reference}, and only what is in {configuration.Path} is shipped. Link it there "
            + $"(ln -s {Path.GetRelativePath(configuration.FullPath, shared)} {configuration.Path}/{link}) "
            + $"and refer to {(from.StartsWith('.') ? from : $"./{from}")}.";
    }

    private static bool IsIn(string directory, string path) => path.StartsWith(directory + "/", StringComparison.Ordinal);

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
