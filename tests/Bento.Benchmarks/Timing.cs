namespace Bento.Benchmarks;

/// <summary>How long something took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors together.</param>
internal readonly record struct Timing(double Seconds, double ProcessorSeconds);
