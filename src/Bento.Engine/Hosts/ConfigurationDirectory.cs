using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>A directory that describes one or more hosts.</summary>
/// <param name="Path">Relative to the Bento directory: <c>hosts/lab</c>, or <c>.</c>.</param>
/// <param name="FullPath">The absolute path.</param>
/// <param name="Kind">How it describes them.</param>
/// <param name="Marks">Bento's own files that lie in it.</param>
internal sealed record ConfigurationDirectory(string Path, string FullPath, ConfigurationKind Kind, DirectoryMarks Marks)
{
    private const string Whole = ".";

    /// <summary>What its directory of secrets is called.</summary>
    public string SecretsName { get; init; } = BentoFiles.SecretsDirectory;

    /// <summary>What the directory itself is called; the host, where it describes only one.</summary>
    public string Name => System.IO.Path.GetFileName(FullPath);

    public bool IsWholeTree => Path == Whole;

    /// <summary>How messages call a directory: a dot at the beginning of a sentence says nothing.</summary>
    public static string PlaceOf(string path) => path == Whole ? "The flake" : path;
}
