namespace Bento.Status;

/// <summary>
/// A log of bash bento: <c>YYYYMMDD-HHMM_&lt;store name&gt;_&lt;outcome&gt;.log.gz</c>. All that is known of the run is in its name.
/// </summary>
/// <remarks>Immutable. Written by a machine that may be hostile: what it says about itself is a claim.</remarks>
public sealed record BashLog
{
    /// <summary>When, by the host's clock and in its time zone, as the name has it.</summary>
    public required string Stamp { get; init; }

    /// <summary>
    /// The system that the host ran afterwards. The name says no store directory; it is taken for
    /// <c>/nix/store</c>.
    /// </summary>
    public required StorePath System { get; init; }

    /// <summary>How it ended.</summary>
    public required BashOutcome Outcome { get; init; }

    /// <summary>When the log arrived, by the server's clock.</summary>
    public required DateTimeOffset Received { get; init; }
}
