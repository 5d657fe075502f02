using Bento.Building.Fleet;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing.Closures;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>A host that a deploy has something to do for.</summary>
/// <param name="Evaluated">The host and its system.</param>
/// <param name="Snapshot">The tree that would be shipped.</param>
internal sealed record PlannedHost(EvaluatedHost Evaluated, Snapshot Snapshot)
{
    /// <summary>The files that only the host can read; null for none.</summary>
    public ReleaseSecrets? Secrets { get; init; }

    /// <summary>Its closure, packed; null for a host that builds its system, and before it is packed.</summary>
    public ShippedClosure? Closure { get; init; }

    /// <summary>The release that it has; null when there is none, or one that is not this publisher's.</summary>
    public Release? Current { get; init; }

    /// <summary>The system that it says it runs; null when it never said.</summary>
    public StorePath? Running { get; init; }

    /// <summary>What its area holds, whoever put it there.</summary>
    public OfferedRelease Offered { get; init; } = OfferedRelease.None;

    /// <summary>That it is frozen; null when it is not, or not any more.</summary>
    public HostFreeze? Freeze { get; init; }

    public HostName Name => Evaluated.Spec.Name;

    public WantedRelease Wanted => new(Evaluated.Spec, Snapshot.TreeHash, Evaluated.Derivation.System)
    {
        Secrets = Secrets,
        Freeze = Freeze,
        Subdirectory = Evaluated.Source.Subdirectory,
        Closure = Closure?.Closure,
        Provenance = Evaluated.Source.Provenance,
    };
}
