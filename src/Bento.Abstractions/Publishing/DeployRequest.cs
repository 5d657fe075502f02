using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What to deploy.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeployRequest
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;

    /// <summary>
    /// What <see cref="IDeployer.DeployAsync"/> may publish: the <see cref="HostPlan.Fingerprint"/> of each host of a plan that was made
    /// before. Hosts of the plan that <see cref="Hosts"/> does not select are left alone.
    /// </summary>
    /// <value>Default: null, which is whatever is due.</value>
    public IReadOnlyDictionary<HostName, string>? Planned { get; init => field = value is null ? null : ValueDictionary.Of(value); }

    /// <summary>
    /// Asked by <see cref="IDeployer.DeployAsync"/> once, when all systems are built and something would be published: false publishes
    /// nothing.
    /// </summary>
    /// <value>Default: null, which is yes. While it waits for the answer, other publishers are kept out.</value>
    public Func<DeployPlan, CancellationToken, Task<bool>>? Approve { get; init; }

    /// <summary>
    /// A directory, made where it is missing: releases are neither signed nor published, but written into it, to be signed on another
    /// machine. <see cref="IReleaseSigning"/> goes on from there.
    /// </summary>
    /// <value>Default: null, which signs and publishes. An absolute path.</value>
    public string? ForSigning { get; init; }

    /// <summary>
    /// Whether hosts that were given back what they had before (<see cref="RollBackRequest.IsPinned"/>) get what is described all the same.
    /// </summary>
    /// <value>Default: false, which leaves them alone.</value>
    public bool Unpin { get; init; }
}
