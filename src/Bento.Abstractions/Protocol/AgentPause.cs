namespace Bento.Protocol;

/// <summary>That somebody told a host to leave itself as it is.</summary>
/// <param name="Since">When, by the host's clock.</param>
/// <param name="Reason">Why, as one line; null when nothing was said.</param>
/// <param name="Until">When it ends by itself; null when somebody has to end it.</param>
/// <remarks>Immutable. While it lasts the agent polls, verifies and reports, and begins nothing; a switch that waits to be confirmed is
/// confirmed or undone all the same.</remarks>
public sealed record AgentPause(DateTimeOffset Since, string? Reason, DateTimeOffset? Until);
