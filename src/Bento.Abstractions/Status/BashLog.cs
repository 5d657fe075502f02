namespace Bento.Status;

/// <summary>
/// A log of bash bento: <c>YYYYMMDD-HHMM_&lt;store name&gt;_&lt;outcome&gt;.log.gz</c>. All that is known of the run is in its name.
/// </summary>
/// <param name="Stamp">When, by the host's clock and in its time zone, as the name has it.</param>
/// <param name="System">The system that the host ran afterwards. The name says no store directory; it is taken for
/// <c>/nix/store</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Received">When the log arrived, by the server's clock.</param>
/// <remarks>Immutable. Written by a machine that may be hostile: what it says about itself is a claim.</remarks>
public sealed record BashLog(string Stamp, StorePath System, BashOutcome Outcome, DateTimeOffset Received);
