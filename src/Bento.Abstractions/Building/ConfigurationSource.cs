using Bento.Protocol;

namespace Bento.Building;

/// <summary>A directory that Nix is asked about: the private snapshot on the server, the unpacked content on a host.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ConfigurationSource
{
    /// <summary>The absolute path.</summary>
    public required string Directory { get; init; }

    /// <summary>How it describes its systems.</summary>
    public required ConfigurationKind Kind { get; init; }

    /// <summary>
    /// What the directory is called: the one attribute of a <see cref="ConfigurationKind.Channel"/> directory; of a flake,
    /// only its name in messages.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where in it the flake.nix or configuration.nix lies, with <c>/</c>: the rest of the directory is what that refers to.
    /// </summary>
    /// <value>Default: null, which is its top.</value>
    public string? Subdirectory { get; init; }

    /// <summary>Where it comes from; null when that is not known.</summary>
    /// <value>Default: null. A flake sees it as <c>self.rev</c>, <c>self.shortRev</c> and <c>self.lastModified</c>; a dirty one has no
    /// <c>self.rev</c>.</value>
    public Provenance? Provenance { get; init; }
}
