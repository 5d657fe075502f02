namespace Bento.Building;

/// <summary>
/// The name of a store path, split as Nix splits it (manual, <c>builtins.parseDrvName</c>), without the name of an output.
/// </summary>
/// <param name="Name">The package.</param>
/// <param name="Version">Its version; empty when it has none.</param>
internal readonly record struct PackageName(string Name, string Version)
{
    /// <summary>The outputs that nixpkgs splits packages into: one package, whichever of them a system needs.</summary>
    private static readonly string[] Outputs =
        ["bin", "data", "debug", "dev", "devdoc", "dist", "doc", "info", "lib", "lib32", "lib64", "man", "out", "static", "terminfo"];

    public static PackageName Of(StorePath path)
    {
        var full = WithoutOutput(path.Name);
        for (var dash = full.IndexOf('-', StringComparison.Ordinal); dash > 0 && dash + 1 < full.Length; dash = full.IndexOf('-', dash + 1))
        {
            if (!char.IsAsciiLetter(full[dash + 1]))
            {
                return new PackageName(full[..dash], full[(dash + 1)..]);
            }
        }

        return new PackageName(full, string.Empty);
    }

    private static string WithoutOutput(string name) =>
        name.LastIndexOf('-') is var dash and > 0 && Outputs.Contains(name[(dash + 1)..], StringComparer.Ordinal) ? name[..dash] : name;
}
