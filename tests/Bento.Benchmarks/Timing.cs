namespace Bento.Benchmarks;

/// <summary>What a piece of work took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors together.</param>
/// <param name="PeakBytes">The most memory that its process held.</param>
internal readonly record struct Timing(double Seconds, double ProcessorSeconds, long PeakBytes);
