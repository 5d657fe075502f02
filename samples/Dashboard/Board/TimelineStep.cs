using Bento.Status;

namespace Dashboard.Board;

/// <summary>How a host stood from a time on.</summary>
/// <param name="At">From when.</param>
/// <param name="Weight">How well.</param>
/// <param name="Version">What it ran; null when that is not known.</param>
internal readonly record struct TimelineStep(DateTimeOffset At, StateWeight Weight, string? Version);
