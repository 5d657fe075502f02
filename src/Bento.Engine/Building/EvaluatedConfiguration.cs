using Bento.Hosts;

namespace Bento.Building;

/// <summary>A configuration directory after evaluation, with the snapshot that was evaluated.</summary>
/// <param name="Configuration">The directory.</param>
/// <param name="Snapshot">What was evaluated, and will be shipped.</param>
/// <param name="Hosts">The selected hosts.</param>
/// <param name="OtherHosts">Hosts that the directory describes as well and that are not selected.</param>
/// <param name="Problems">What kept it from describing hosts.</param>
internal sealed record EvaluatedConfiguration(
    ConfigurationDirectory Configuration,
    Snapshot Snapshot,
    IReadOnlyList<EvaluatedHost> Hosts,
    IReadOnlyList<HostName> OtherHosts,
    IReadOnlyList<FleetProblem> Problems);
