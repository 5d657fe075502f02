namespace Bento.Testing.Transport;

/// <summary>The nodes of one area by path. The empty path is the area itself and has no node.</summary>
internal sealed class InMemoryTree
{
    public Dictionary<string, InMemoryNode> Nodes { get; } = new(StringComparer.Ordinal);

    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;

    public bool HasDirectory(string path) => path.Length == 0 || Nodes.GetValueOrDefault(path) is { IsDirectory: true };

    public List<string> Below(string path) =>
        [.. Nodes.Keys.Where(key => key == path || key.StartsWith(path + "/", StringComparison.Ordinal))];
}
