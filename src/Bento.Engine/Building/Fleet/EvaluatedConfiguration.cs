using Bento.Hosts;

namespace Bento.Building.Fleet;

/// <summary>A configuration directory after evaluation, with the snapshot that was evaluated.</summary>
/// <param name="Configuration">The directory.</param>
/// <param name="Snapshot">What was evaluated, and will be shipped.</param>
/// <param name="Hosts">The selected hosts whose systems are known.</param>
/// <param name="Failed">The selected hosts that do not evaluate.</param>
/// <param name="OtherHosts">Hosts that the directory describes as well and that are not selected.</param>
/// <param name="Problems">What kept it from describing hosts.</param>
internal sealed record EvaluatedConfiguration(
    ConfigurationDirectory Configuration,
    Snapshot Snapshot,
    IReadOnlyList<EvaluatedHost> Hosts,
    IReadOnlyList<UnevaluatedHost> Failed,
    IReadOnlyList<HostName> OtherHosts,
    IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>All selected hosts.</summary>
    public IEnumerable<HostName> SelectedHosts => Hosts.Select(host => host.Spec.Name).Concat(Failed.Select(host => host.Spec.Name));
}
