using Bento.Building;
using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What an operation did for the fleet: a result for each host, whatever happened to the others.</summary>
/// <param name="Hosts">One entry a host, in ordinal order of their names.</param>
/// <param name="Problems">What could not be attributed to one host: a directory that does not evaluate, a name that no host can
/// have.</param>
/// <remarks>Immutable.</remarks>
public sealed record DeployReport(IReadOnlyList<HostDeployment> Hosts, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>One entry a host, in ordinal order of their names.</summary>
    public IReadOnlyList<HostDeployment> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);

    /// <summary>What could not be attributed to one host: a directory that does not evaluate, a name that no host can have.</summary>
    public IReadOnlyList<FleetProblem> Problems { get; init => field = ValueList.Of(value); } = ValueList.Of(Problems);

    /// <summary>What is missing in the store, when the operation was asked to say so instead of building; null otherwise.</summary>
    public BuildForecast? Forecast { get; init; }

    /// <summary>What the operator should know beside failures, such as that the whole tree is shipped to every host.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Whether every host got what was asked for.</summary>
    public bool IsSuccess => Problems.Count == 0 && Hosts.All(host => host.Outcome != DeployOutcome.Failed);
}
