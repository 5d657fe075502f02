using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What to build or deploy.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeployRequest
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;
}
