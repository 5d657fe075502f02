using System.Globalization;

namespace Bento.Benchmarks;

/// <summary>Work and floor, each the median of its rounds.</summary>
/// <param name="Work">What Bento took.</param>
/// <param name="Floor">What the floor or the rival took.</param>
/// <param name="MaxRatio">How far the ratio may go.</param>
/// <param name="Notes">What else was seen: memory, processes.</param>
internal sealed record Measurement(Timing Work, Timing Floor, double MaxRatio, IReadOnlyList<string> Notes)
{
    public bool IsHeld => Work.Seconds / Floor.Seconds <= MaxRatio;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Work.Seconds * 1000:0} ms against {Floor.Seconds * 1000:0} ms: {Work.Seconds / Floor.Seconds:0.00} x, at most {MaxRatio:0.0} "
            + $"x: {(IsHeld ? "held" : "NOT HELD")}\n  processors: {Work.ProcessorSeconds * 1000:0} ms against "
            + $"{Floor.ProcessorSeconds * 1000:0} ms{string.Concat(Notes.Select(note => $"\n  {note}"))}");
}
