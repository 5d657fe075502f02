using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What to evaluate, or to build.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BuildRequest
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;
}
