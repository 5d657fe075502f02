using System.Text.Json.Serialization;
using Bento.Cli.Terminal;
using Bento.Rollouts;

namespace Bento.Cli.Deploy;

/// <summary>A rollout as JSON (docs/guide/json.md).</summary>
internal sealed record RolloutDocument(int Schema, RolloutDocument.Content? Rollout)
{
    private const int CurrentSchema = 1;

    public static void Write(TextWriter writer, RolloutStatus status) =>
        JsonOutput.Write(writer, new RolloutDocument(CurrentSchema, Of(status)), RolloutJsonContext.Default.RolloutDocument);

    public static void WriteNone(TextWriter writer) =>
        JsonOutput.Write(writer, new RolloutDocument(CurrentSchema, null), RolloutJsonContext.Default.RolloutDocument);

    public static Content Of(RolloutStatus status) => new(
        status.Id,
        JsonOutput.Word(status.Phase),
        status.Reason,
        status.Until,
        status.Began,
        status.By,
        status.Budget,
        status.Wave,
        Of(status.Counts),
        [.. status.Waves.Select(wave => new Wave(
            wave.Number, wave.Wave?.Size.ToString(), wave.Wave?.NeedsApproval ?? false, wave.Began, wave.Settled, Of(wave.Hosts)))],
        [.. status.Hosts.Select(host => new Member(
            host.Host.ToString(),
            host.Wave,
            JsonOutput.Word(host.State),
            host.Number?.ToString(),
            host.Reason,
            host.Until,
            host.IsForgiven))],
        status.Hold is { } hold ? new Hold(hold.At, hold.By, hold.Reason, hold.IsAbort) : null);

    private static Counts Of(RolloutCounts counts) => new(
        counts.Planned, counts.Published, counts.Confirmed, counts.Failed, counts.TimedOut, counts.Waiting, counts.Away);

    internal sealed record Content(
        string Id,
        string Phase,
        string Reason,
        DateTimeOffset? Until,
        DateTimeOffset Began,
        string By,
        int Budget,
        [property: JsonPropertyName("wave")] int CurrentWave,
        [property: JsonPropertyName("counts")] Counts AllCounts,
        IReadOnlyList<Wave> Waves,
        IReadOnlyList<Member> Hosts,
        [property: JsonPropertyName("hold")] Hold? Held);

    internal sealed record Wave(
        int Number, string? Size, bool NeedsApproval, DateTimeOffset? Began, DateTimeOffset? Settled, Counts Hosts);

    internal sealed record Member(
        [property: JsonPropertyName("host")] string Name,
        int Wave,
        string State,
        string? Release,
        string? Reason,
        DateTimeOffset? Until,
        bool Forgiven);

    internal sealed record Hold(DateTimeOffset At, string By, string? Reason, bool Abort);

    internal sealed record Counts(int Planned, int Published, int Confirmed, int Failed, int TimedOut, int Waiting, int Away);
}
