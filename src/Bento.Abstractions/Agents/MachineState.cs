namespace Bento.Agents;

/// <summary>What a machine runs.</summary>
/// <remarks>Immutable. What cannot be told is null.</remarks>
public sealed record MachineState
{
    /// <summary>The system that is active: <c>/run/current-system</c>.</summary>
    public required StorePath? Running { get; init; }

    /// <summary>The system that the machine was booted into: <c>/run/booted-system</c>.</summary>
    public required StorePath? Booted { get; init; }

    /// <summary>The system that the next boot starts: <c>/nix/var/nix/profiles/system</c>.</summary>
    public required StorePath? Profile { get; init; }

    /// <summary>What no two boots of a machine have in common: <c>/proc/sys/kernel/random/boot_id</c>.</summary>
    /// <value>Default: null.</value>
    public string? BootId { get; init; }

    /// <summary>
    /// Whether the booted system and the one that the next boot starts differ in kernel, kernel modules or initrd: what no switch replaces.
    /// </summary>
    /// <value>Default: false.</value>
    public bool NeedsReboot { get; init; }
}
