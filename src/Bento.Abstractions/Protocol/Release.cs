namespace Bento.Protocol;

/// <summary>
/// What one host is told to run: the payload of <c>release.json</c>. Whatever changes what root does on the host is in here, and so under
/// the signatures.
/// </summary>
/// <remarks>Immutable. The file format is docs/protocol.md.</remarks>
public sealed record Release
{
    /// <summary>The fleet; a host obeys no other.</summary>
    public required FleetName Fleet { get; init; }

    /// <summary>The host; another host refuses the release.</summary>
    public required HostName Host { get; init; }

    /// <summary>The place of the release in the life of the host.</summary>
    public required ReleaseNumber Number { get; init; }

    /// <summary>The identity of the release.</summary>
    public required ReleaseId Id { get; init; }

    /// <summary>When the release was published or last refreshed, by the publisher's clock.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>After this instant an agent starts nothing new from this release.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>How the content describes the system.</summary>
    public required ConfigurationKind Kind { get; init; }

    /// <summary>
    /// The attribute of <c>nixosConfigurations</c>; null when <see cref="Kind"/> is <see cref="ConfigurationKind.Channel"/>.
    /// </summary>
    public string? Attribute { get; init; }

    /// <summary>The configuration tree.</summary>
    public required ReleaseContent Content { get; init; }

    /// <summary>The system that the host must arrive at; null where a build is not reproducible, so that nothing can be compared.</summary>
    public StorePath? ExpectedSystem { get; init; }

    /// <summary>What the agent may do on the host.</summary>
    public required HostPolicy Policy { get; init; }

    /// <summary>The files that only this host can read; null for none.</summary>
    public ReleaseSecrets? Secrets { get; init; }

    /// <summary>The closure of <see cref="ExpectedSystem"/>, for a host that builds nothing; null for one that builds its system.</summary>
    public ReleaseClosure? Closure { get; init; }

    /// <summary>Where its content comes from; null when it was not in a git work tree.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>That the host was given this back and keeps it; null when the next deploy may replace it.</summary>
    public ReleasePin? Pin { get; init; }

    /// <summary>The oldest protocol that an agent must speak to understand the release (docs/protocol.md, "Versions").</summary>
    /// <value>Default: 1.</value>
    public int MinimumAgent { get; init; } = 1;
}
