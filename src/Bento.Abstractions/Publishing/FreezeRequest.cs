using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>Which hosts leave themselves as they are, or do not any more.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FreezeRequest
{
    /// <summary>Which hosts, of those that were published from here.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;

    /// <summary>The freeze; null ends one.</summary>
    /// <value>Default: null.</value>
    public HostFreeze? Freeze { get; init; }
}
