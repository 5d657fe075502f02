using Bento.Building;

namespace Dashboard.Board;

/// <summary>What a comparison came to.</summary>
/// <param name="Difference">What differs; null when they could not be compared.</param>
/// <param name="Problem">Why not; null when they were.</param>
public sealed record PackageComparison(ClosureDifference? Difference, string? Problem);
