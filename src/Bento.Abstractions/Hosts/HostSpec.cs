using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>A host as the operator declared it.</summary>
/// <remarks>Immutable. In a flake the host is <c>nixosConfigurations.&lt;Name&gt;</c>, or another <see cref="Attribute"/>.</remarks>
public sealed record HostSpec
{
    /// <summary>The name of the host.</summary>
    public required HostName Name { get; init; }

    /// <summary>
    /// The configuration directory relative to the Bento directory, with <c>/</c>: <c>hosts/lab</c>, or <c>.</c> when
    /// the whole tree is one flake.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>How the directory describes its systems.</summary>
    public required ConfigurationKind Kind { get; init; }

    /// <summary>What was said about the host beside its configuration.</summary>
    public required HostSettings Settings { get; init; }

    /// <summary>The attribute of <c>nixosConfigurations</c>; null when it is the name of the host.</summary>
    /// <value>Default: null.</value>
    public string? Attribute { get; init; }
}
