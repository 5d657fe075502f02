using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>What a deploy would do.</summary>
/// <param name="Due">The hosts that get a new release, by name.</param>
/// <param name="Unchanged">The current releases of the hosts whose release would not change.</param>
internal sealed record FleetPlan(IReadOnlyList<PlannedHost> Due, IReadOnlyList<Release> Unchanged);
