namespace Bento.Building;

/// <summary>What an input of a flake is locked to.</summary>
/// <param name="Id">The revision, such as a commit of git; where there is none, the hash of the tree (<c>sha256-…</c>).</param>
/// <param name="Modified">When it was made; null when the lock file does not say.</param>
/// <remarks>Immutable.</remarks>
public sealed record FlakeRevision(string Id, DateTimeOffset? Modified);
