namespace Bento.Building.Programs;

/// <summary>
/// What Nix must be told so that it calls nothing valid that a power cut could take back: by default it registers a path before the disk
/// has it.
/// </summary>
internal static class StoreDurability
{
    /// <summary>By name, the best first: one waits for the path alone, the other for everything that the machine has written.</summary>
    private static readonly string[] Settings = ["fsync-store-paths", "sync-before-registering"];

    /// <param name="known">What <c>nix show-config</c> prints: <c>name = value</c>, a setting a line.</param>
    /// <returns>Arguments for every call of Nix; none where this Nix has no such setting.</returns>
    public static IReadOnlyList<string> Choose(string known)
    {
        var names = known.Split('\n').Select(line => line.Split('=', 2)[0].Trim()).ToHashSet(StringComparer.Ordinal);
        return Settings.FirstOrDefault(names.Contains) is { } setting ? ["--option", setting, "true"] : [];
    }
}
