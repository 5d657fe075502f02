using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What to plan.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PlanRequest
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;
}
