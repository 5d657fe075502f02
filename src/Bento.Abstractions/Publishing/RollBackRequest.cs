using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>Which hosts get back what they had before.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RollBackRequest
{
    /// <summary>Which hosts, of those that were published from here.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;

    /// <summary>
    /// The release whose content they get back. A host fails that never had it, or whose area no longer holds its content: the current one
    /// and the two before it stay.
    /// </summary>
    /// <value>Default: null, which is the newest before the current one that says another thing.</value>
    public ReleaseNumber? To { get; init; }

    /// <summary>
    /// Whether the hosts keep what they get back until <see cref="DeployRequest.Unpin"/>: a deploy leaves them alone, and says so.
    /// </summary>
    /// <value>Default: true. False lets the next deploy publish what is described.</value>
    public bool IsPinned { get; init; } = true;

    /// <summary>Why, for whoever finds them pinned: one line of at most <see cref="ReleasePin.MaxReasonLength"/> characters.</summary>
    /// <value>Default: null.</value>
    public string? Reason { get; init; }
}
