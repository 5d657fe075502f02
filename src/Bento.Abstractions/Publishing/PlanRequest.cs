using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What to plan.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PlanRequest
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;

    /// <summary>
    /// Whether hosts that were given back what they had before (<see cref="RollBackRequest.IsPinned"/>) get what is described all the same.
    /// </summary>
    /// <value>Default: false, which leaves them alone.</value>
    public bool Unpin { get; init; }
}
