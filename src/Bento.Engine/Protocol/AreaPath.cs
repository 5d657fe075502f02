namespace Bento.Protocol;

/// <summary>
/// The names in an area, and the grammar of its paths (docs/protocol.md): names between single slashes, none of them <c>.</c> or <c>..</c>.
/// </summary>
internal static class AreaPath
{
    /// <summary>The commit point: whoever replaces it has published.</summary>
    public const string Release = "release.json";

    /// <summary>Where the archives lie.</summary>
    public const string Content = "content";

    /// <summary>The tree of the release, unpacked, for hosts that run bash bento.</summary>
    public const string Config = "config";

    public const string Bootstrap = "config/bootstrap.sh";

    /// <summary>The change signal of bash bento, and the mark of a publication that reached its end.</summary>
    public const string LastChange = "last_change_date";

    /// <summary>The one place where the host writes.</summary>
    public const string Logs = "logs";

    public const string Heartbeat = "logs/beat.json";

    /// <summary>The lock of publishers, beside the areas; no host can have this name.</summary>
    public const string LockFile = ".bento-lock";

    /// <summary>Where the files of closures lie. The same file in two areas may be one with two names.</summary>
    public const string Store = "store";

    private const string ManifestSuffix = ".closure.gz";
    private const string NarSuffix = ".nar.zst";
    private const string BundleSuffix = ".bundle";
    private const string PatchSuffix = ".patch";
    private const string ArchiveSuffix = ".tar.gz";
    private const string SecretsSuffix = ".age";

    public static string Archive(ContentHash hash) => $"{Content}/{hash}{ArchiveSuffix}";

    public static string Secrets(ContentHash hash) => $"{Content}/{hash}{SecretsSuffix}";

    public static string Manifest(ContentHash hash) => $"{Content}/{hash}{ManifestSuffix}";

    /// <summary>One path of a closure, as a compressed NAR.</summary>
    public static string Nar(ContentHash hash) => $"{Store}/{hash}{NarSuffix}";

    /// <summary>What makes one path of a closure of one that the host may have.</summary>
    public static string Patch(ContentHash hash) => $"{Store}/{hash}{PatchSuffix}";

    /// <summary>Many small NARs, one behind the other.</summary>
    public static string Bundle(ContentHash hash) => $"{Store}/{hash}{BundleSuffix}";

    /// <summary>Whether a file may have other names outside of its area: only the publisher writes there.</summary>
    public static bool MayBeShared(string path) => path.StartsWith(Store + "/", StringComparison.Ordinal);

    /// <summary>The hash in the name of an entry of <c>content/</c>; null for a name that is not Bento's.</summary>
    public static ContentHash? HashOf(string name) =>
        HashOf(name, ArchiveSuffix) ?? HashOf(name, SecretsSuffix) ?? HashOf(name, ManifestSuffix);

    /// <summary>The hash in the name of an entry of <c>store/</c>; null for a name that is not Bento's.</summary>
    public static ContentHash? StoredHashOf(string name) =>
        HashOf(name, NarSuffix) ?? HashOf(name, BundleSuffix) ?? HashOf(name, PatchSuffix);

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
            throw new ArgumentException(
                $"'{path.Replace('\0', '?')}' is not a path in an area: use names between single slashes, none of them '.' or '..'.",
                nameof(path));
        }
    }

    /// <summary>The directory of a path: empty for the area itself.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;

    private static ContentHash? HashOf(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) && ContentHash.TryParse(name[..^suffix.Length], null, out var hash) ? hash : null;
}
