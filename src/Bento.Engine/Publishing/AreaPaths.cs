namespace Bento.Publishing;

/// <summary>The names in an area (docs/protocol.md).</summary>
internal static class AreaPaths
{
    public const string Release = "release.json";
    public const string Content = "content";
    public const string Config = "config";
    public const string Bootstrap = "config/bootstrap.sh";
    public const string LastChange = "last_change_date";
    public const string Logs = "logs";
    public const string Heartbeat = "logs/beat.json";

    private const string ArchiveSuffix = ".tar.gz";
    private const string SecretsSuffix = ".age";

    public static string Archive(ContentHash hash) => $"{Content}/{hash}{ArchiveSuffix}";

    public static string Secrets(ContentHash hash) => $"{Content}/{hash}{SecretsSuffix}";

    /// <summary>The hash that an entry of <c>content/</c> is named by; null when it is none of ours.</summary>
    public static ContentHash? HashOf(string name) => HashOf(name, ArchiveSuffix) ?? HashOf(name, SecretsSuffix);

    private static ContentHash? HashOf(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) && ContentHash.TryParse(name[..^suffix.Length], null, out var hash) ? hash : null;
}
