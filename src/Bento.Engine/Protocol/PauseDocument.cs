namespace Bento.Protocol;

/// <summary>A pause as it is written: in its own file, and in the heartbeat.</summary>
internal sealed record PauseDocument(DateTimeOffset Since, string? Reason, DateTimeOffset? Until);
