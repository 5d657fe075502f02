using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What a deploy would do, as a value: to show, to keep, to approve, and to apply exactly.</summary>
/// <param name="Hosts">One entry a host, in ordinal order of their names.</param>
/// <param name="Problems">What could not be attributed to one host.</param>
/// <remarks>Immutable.</remarks>
public sealed record DeployPlan(IReadOnlyList<HostPlan> Hosts, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>One entry a host, in ordinal order of their names.</summary>
    public IReadOnlyList<HostPlan> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);

    /// <summary>What could not be attributed to one host.</summary>
    public IReadOnlyList<FleetProblem> Problems { get; init => field = ValueList.Of(value); } = ValueList.Of(Problems);

    /// <summary>What the operator should know beside failures.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Whether a deploy would publish anything.</summary>
    public bool HasChanges => Hosts.Any(host => host.Fingerprint is not null);

    /// <summary>Whether every host could get what it is described to be.</summary>
    public bool IsSuccess => Problems.Count == 0 && Hosts.All(host => host.Change != PlannedChange.Failed);
}
