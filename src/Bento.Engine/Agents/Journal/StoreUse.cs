namespace Bento.Agents.Journal;

/// <summary>That something is written to the store, without an attempt that says so.</summary>
/// <param name="At">Since when, by the host's clock.</param>
/// <param name="BootId">In which boot of the machine; null when that cannot be told.</param>
internal sealed record StoreUse(DateTimeOffset At, string? BootId);
