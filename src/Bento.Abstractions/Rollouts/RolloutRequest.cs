using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Rollouts;

/// <summary>What to roll out.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutRequest
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;

    /// <summary>What may be published, as in <see cref="DeployRequest.Planned"/>.</summary>
    /// <value>Default: null, which is whatever is due.</value>
    public IReadOnlyDictionary<HostName, string>? Planned { get; init => field = value is null ? null : ValueDictionary.Of(value); }

    /// <summary>The waves, in order. What none of them takes is a last wave.</summary>
    /// <value>Default: null, which is what the options of the fleet say; where these say nothing: one host, a tenth, all others.</value>
    public IReadOnlyList<RolloutWave>? Waves { get; init => field = value is null ? null : ValueList.Of(value); }

    /// <summary>Asked once, with the waves, when all systems are built and something would be published: false publishes nothing.</summary>
    /// <value>Default: null, which is yes. While it waits for the answer, other publishers are kept out.</value>
    public Func<DeployPlan, RolloutStatus, CancellationToken, Task<bool>>? Approve { get; init; }

    /// <summary>Whether pinned hosts get what is described, as in <see cref="DeployRequest.Unpin"/>.</summary>
    /// <value>Default: false.</value>
    public bool Unpin { get; init; }
}
