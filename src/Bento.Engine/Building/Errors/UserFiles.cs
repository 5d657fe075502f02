using System.Text.RegularExpressions;
using Bento.Files;

namespace Bento.Building.Errors;

/// <summary>Names files of a configuration as the operator knows them: Nix evaluates a copy of them in its store, or a snapshot.</summary>
internal sealed partial class UserFiles
{
    private readonly string _directory;
    private readonly string? _copy;

    /// <summary>Looks for the copy that Nix made.</summary>
    /// <param name="directory">What was evaluated.</param>
    /// <param name="report">What Nix says.</param>
    public UserFiles(string directory, NixReport report)
    {
        _directory = directory;
        _copy = report.Trace.Prepend(report.Cause)
            .Select(entry => entry.Position)
            .OfType<SourcePosition>()
            .Select(FindCopy)
            .FirstOrDefault(copy => copy is not null);
    }

    /// <summary>Finds a file.</summary>
    /// <param name="position">Where Nix points to.</param>
    /// <returns>The same place with the file's path in the configuration; null when it is another file.</returns>
    public SourcePosition? Find(SourcePosition position) =>
        Relative(position.File) is { } file && File.Exists(Path.Join(_directory, file)) ? position with { File = file } : null;

    /// <summary>Shortens the paths in a text.</summary>
    /// <param name="text">What Nix says.</param>
    /// <returns>The text, in which files of the configuration are named by their path in it.</returns>
    public string Shorten(string text)
    {
        var shortened = text.Replace($"{_directory}/", string.Empty, StringComparison.Ordinal);
        return _copy is null ? shortened : shortened.Replace($"{_copy}/", string.Empty, StringComparison.Ordinal);
    }

    private string? Relative(string file) =>
        After(file, _directory) ?? (_copy is null ? null : After(file, _copy));

    private static string? After(string file, string directory) =>
        file.StartsWith($"{directory}/", StringComparison.Ordinal) ? file[(directory.Length + 1)..] : null;

    /// <summary>Inputs lie in the store too, and a flake.nix have most: the line must be the same.</summary>
    private string? FindCopy(SourcePosition position) =>
        InStore().Match(position.File) is { Success: true } match
        && position.Code is { Length: > 0 } code
        && !match.Groups[2].Value.Split('/').Contains("..", StringComparer.Ordinal)
        && LineOf(Path.Join(_directory, match.Groups[2].Value), position.Line) == code ? match.Groups[1].Value : null;

    private static string? LineOf(string file, int line)
    {
        try
        {
            return GivenFile.ReadText(file)?.Split('\n').Skip(line - 1).FirstOrDefault()?.Replace('\t', ' ').Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(/.+?/[0-9a-z]{32}-[^/]+)/(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex InStore();
}
