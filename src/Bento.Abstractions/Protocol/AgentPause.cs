namespace Bento.Protocol;

/// <summary>That somebody told a host to leave itself as it is.</summary>
/// <remarks>Immutable. While it lasts the agent polls, verifies and reports, and begins nothing; a switch that waits to be confirmed is
/// confirmed or undone all the same.</remarks>
public sealed record AgentPause
{
    /// <summary>When, by the host's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, as one line; null when nothing was said.</summary>
    public required string? Reason { get; init; }

    /// <summary>When it ends by itself; null when somebody has to end it.</summary>
    public required DateTimeOffset? Until { get; init; }
}
