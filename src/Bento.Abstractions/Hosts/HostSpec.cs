using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>A host as the operator declared it.</summary>
/// <param name="Name">The name of the host.</param>
/// <param name="Directory">The configuration directory relative to the Bento directory, with <c>/</c>: <c>hosts/lab</c>, or <c>.</c> when
/// the whole tree is one flake.</param>
/// <param name="Kind">How the directory describes its systems.</param>
/// <param name="Settings">What was said about the host beside its configuration.</param>
/// <remarks>Immutable. In a flake the host's attribute is <c>nixosConfigurations.&lt;Name&gt;</c>.</remarks>
public sealed record HostSpec(HostName Name, string Directory, ConfigurationKind Kind, HostSettings Settings);
