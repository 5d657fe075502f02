using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>Which hosts get back what they had before.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RollBackRequest
{
    /// <summary>Which hosts, of those that were published from here.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;
}
