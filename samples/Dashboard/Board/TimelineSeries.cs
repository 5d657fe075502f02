namespace Dashboard.Board;

/// <summary>How many hosts, at each point in time.</summary>
/// <param name="Name">What of them.</param>
/// <param name="Counts">How many.</param>
public sealed record TimelineSeries(string Name, IReadOnlyList<int> Counts);
