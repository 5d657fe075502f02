using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Documents;

/// <summary>A try of a host at a release.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AttemptDocument
{
    /// <summary>The number of the release.</summary>
    [JsonPropertyName("release")]
    public required string Release { get; init; }

    /// <summary>Which try at it, counted from 1.</summary>
    [JsonPropertyName("attempt")]
    public int Attempt { get; init; }

    /// <summary>When its last report arrived, by the clock of the server.</summary>
    [JsonPropertyName("received")]
    public required DateTimeOffset Received { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    [JsonPropertyName("outcome")]
    [JsonConverter(typeof(WordJsonConverter<AttemptOutcome>))]
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>Why; null when that is not known.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>The system that was built; null when none was.</summary>
    [JsonPropertyName("built")]
    public StorePath? Built { get; init; }

    /// <summary>The system that the host ran afterwards; null when it did not say.</summary>
    [JsonPropertyName("running")]
    public StorePath? Running { get; init; }

    /// <summary>How long it took, in seconds; null while it runs.</summary>
    [JsonPropertyName("durationSeconds")]
    public double? DurationSeconds { get; init; }

    /// <summary>What there is of its log.</summary>
    [JsonPropertyName("log")]
    [JsonConverter(typeof(WordJsonConverter<LogState>))]
    public required LogState Log { get; init; }

    internal static AttemptDocument Of(RecordedAttempt attempt) => new()
    {
        Release = attempt.Number.ToString(),
        Attempt = attempt.Attempt,
        Received = attempt.Received,
        Outcome = attempt.Result?.Outcome,
        Reason = attempt.Result?.Reason,
        Built = attempt.Result?.Built,
        Running = attempt.Result?.Running,
        DurationSeconds = attempt.Result?.Duration.TotalSeconds,
        Log = attempt.Log,
    };
}
