namespace Bento.Protocol;

/// <summary>The report that an attempt begins: <c>logs/&lt;sequence&gt;-&lt;attempt&gt;-start.json</c>.</summary>
/// <param name="Release">The release that is tried.</param>
/// <param name="Number">Its number.</param>
/// <param name="Attempt">From 1, one more with every try at this release.</param>
/// <param name="At">When, by the host's clock.</param>
/// <param name="Running">What the host runs; null when it cannot tell.</param>
/// <remarks>Immutable. Written by a machine that may be hostile.</remarks>
public sealed record AttemptStart(ReleaseId Release, ReleaseNumber Number, int Attempt, DateTimeOffset At, StorePath? Running);
