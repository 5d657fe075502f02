namespace Bento.TestBench.Nix;

/// <summary>
/// Writes what stands in for nixpkgs: as much of <c>&lt;nixpkgs/nixos&gt;</c> as a directory with a <c>configuration.nix</c> needs.
/// </summary>
/// <remarks>The configuration is a set, or a function to one, with the arguments of a <see cref="TestSystem"/>: <c>{ host = "lab"; version
/// = "2"; }</c>.</remarks>
public static class StubChannel
{
    /// <summary>Writes it.</summary>
    /// <param name="directory">The directory that <c>NIX_PATH</c> calls nixpkgs.</param>
    public static void WriteTo(string directory)
    {
        var nixos = Directory.CreateDirectory(Path.Join(directory, "nixos")).FullName;
        File.WriteAllText(Path.Join(nixos, "system.nix"), TestSystem.Function);
        File.WriteAllText(
            Path.Join(nixos, "default.nix"),
            """
            { configuration }:
            let
              given = import configuration;
              config = if builtins.isFunction given then given { } else given;
            in { system = import ./system.nix config; }

            """);
    }
}
