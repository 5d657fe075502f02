namespace Bento.Protocol;

/// <summary>A path in a tree, as a release may name it.</summary>
internal static class TreePath
{
    /// <summary>Whether it leads to something below the top: names between single slashes, none of them <c>.</c> or <c>..</c>.</summary>
    public static bool IsBelow(string path) =>
        path.Length is > 0 and <= TreeLimits.MaxPathLength
        && path.Count(c => c == '/') < TreeLimits.MaxDepth
        && !path.Any(char.IsControl)
        && path.Split('/').All(name => name is not ("" or "." or ".."));
}
