using Bento.Status;

namespace Bento.Notifications;

/// <summary>That a host needs somebody since it was last told about, or does not any more.</summary>
/// <param name="Host">The host.</param>
/// <param name="State">What status concludes now.</param>
/// <remarks>Immutable.</remarks>
public sealed record HostTurn(HostName Host, HostState State)
{
    /// <summary>The state that was told last; null when the host was well then, or nothing was told.</summary>
    public HostState? Before { get; init; }

    /// <summary>Why, as one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether somebody should look at it now.</summary>
    public required bool NeedsAttention { get; init; }
}
