namespace Bento.TestBench.Nix;

/// <summary>Other versions of Nix than that of the PATH, which eng/nix.sh has fetched.</summary>
public static class OtherNix
{
    private static string Cache => Environment.GetEnvironmentVariable("BENTO_CACHE") ?? Path.Join(
        Shell.IsRoot ? "/var/cache" : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "bento");

    /// <summary>The directory of the programs of a version; null where it was not fetched.</summary>
    public static string? Find(string version) =>
        Path.Join(Cache, "nix", version, "usr/bin") is var programs && File.Exists(Path.Join(programs, "nix-store")) ? programs : null;
}
