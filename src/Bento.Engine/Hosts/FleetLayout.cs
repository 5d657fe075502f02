namespace Bento.Hosts;

/// <summary>Where the hosts of a fleet are described.</summary>
public enum FleetLayout
{
    /// <summary>One flake at the root of the Bento directory where there is a <c>flake.nix</c>, else <c>hosts/</c>.</summary>
    Auto,

    /// <summary>One directory a host or a group of hosts below <c>hosts/</c>; each is shipped alone.</summary>
    Hosts,

    /// <summary>One flake at the root of the Bento directory; the whole tree is shipped to every host.</summary>
    Flake,
}
