using Bento.Building;
using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>A host that a deploy has something to do for.</summary>
/// <param name="Evaluated">The host and its system.</param>
/// <param name="Snapshot">The tree that would be shipped.</param>
internal sealed record PlannedHost(EvaluatedHost Evaluated, Snapshot Snapshot)
{
    public HostName Name => Evaluated.Spec.Name;

    /// <summary>The release that it has; null when there is none, or one that is not this publisher's.</summary>
    public Release? Current { get; init; }

    public WantedRelease Wanted => new(Evaluated.Spec, Snapshot.TreeHash, Evaluated.Derivation!.System);
}
