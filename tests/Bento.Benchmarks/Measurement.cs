namespace Bento.Benchmarks;

/// <summary>One row of the table: a piece of work, and the floor or the rival that the same run measured beside it.</summary>
internal sealed record Measurement
{
    /// <summary>What was done.</summary>
    public required string Work { get; init; }

    /// <summary>What it is compared with; null where the limit is a number of its own.</summary>
    public string? Rival { get; init; }

    /// <summary>What is counted.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What Bento took, the median of the rounds.</summary>
    public required double Ours { get; init; }

    /// <summary>What the rival took, the median of the rounds.</summary>
    public double? Theirs { get; init; }

    /// <summary>How large the ratio may be, or without a rival what Bento took.</summary>
    public required double Limit { get; init; }

    /// <summary>What else was seen: memory, processes.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>Ours through theirs; null without a rival.</summary>
    public double? Ratio => Ours / Theirs;

    public bool IsHeld => (Ratio ?? Ours) <= Limit;
}
