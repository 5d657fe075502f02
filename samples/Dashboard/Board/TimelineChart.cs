namespace Dashboard.Board;

/// <summary>What the two charts show.</summary>
/// <param name="Times">The points in time, oldest first.</param>
/// <param name="States">How many hosts were well, on their way, or wrong.</param>
/// <param name="Versions">How many hosts ran what.</param>
public sealed record TimelineChart(
    IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<TimelineSeries> States, IReadOnlyList<TimelineSeries> Versions);
