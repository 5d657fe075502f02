namespace Bento.Protocol;

/// <summary>How a configuration directory describes systems.</summary>
public enum ConfigurationKind
{
    /// <summary>
    /// A <c>flake.nix</c> with any number of <c>nixosConfigurations</c>; every input is locked, so server and host compute the same system.
    /// </summary>
    Flake,

    /// <summary>
    /// A <c>configuration.nix</c>, built with the <c>&lt;nixpkgs/nixos&gt;</c> of whoever builds it, so server and host may differ.
    /// </summary>
    Channel,
}
