namespace Bento.Transport;

/// <summary>The grammar of paths in an area: names between single slashes, none of them <c>.</c> or <c>..</c>.</summary>
internal static class AreaPath
{
    /// <summary>Where the host writes.</summary>
    public const string Logs = "logs";

    /// <summary>Where the archives lie.</summary>
    public const string Content = "content";

    /// <summary>The lock of publishers, beside the areas; no host can be called so.</summary>
    public const string LockFile = ".bento-lock";

    /// <summary>Throws unless the path names something in the area.</summary>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckDirectory(path);
    }

    /// <summary>Throws unless the path is empty or names something in the area.</summary>
    public static void CheckDirectory(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > 0 && (path.Contains('\0', StringComparison.Ordinal) || path.Split('/').Any(name => name is "" or "." or "..")))
        {
            throw new ArgumentException($"'{path.Replace('\0', '?')}' is no path in an area: names between single slashes, none of them '.' or '..'.", nameof(path));
        }
    }

    /// <summary>The directory of a path: empty for the area itself.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;
}
