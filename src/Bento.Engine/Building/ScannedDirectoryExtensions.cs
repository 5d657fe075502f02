using Bento.Hosts;

namespace Bento.Building;

/// <summary>What Nix is asked about.</summary>
internal static class ScannedDirectoryExtensions
{
    /// <summary>The copy of a configuration directory as it is evaluated.</summary>
    public static ConfigurationSource ToSource(this ScannedDirectory directory, Snapshot snapshot) => new()
    {
        Directory = snapshot.Directory,
        Subdirectory = directory.Subdirectory,
        Kind = directory.Configuration.Kind,
        Name = directory.Configuration.Name,
    };
}
