namespace Bento.Agents.Servers;

/// <summary>What a server made of a visit.</summary>
/// <param name="Problem">What it does not do, as one sentence; null when it gave the release and took the heartbeat.</param>
/// <param name="IsAway">Whether it did not answer. One that answers and takes nothing, as with a full disk, is there.</param>
internal readonly record struct ServerAnswer(string? Problem, bool IsAway);
