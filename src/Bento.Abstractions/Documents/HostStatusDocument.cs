using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Status;

namespace Bento.Documents;

/// <summary>The status of one host.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostStatusDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>The conclusion.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(WordJsonConverter<HostState>))]
    public required HostState State { get; init; }

    /// <summary>Why, as one sentence.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>The number of the current release: <c>7</c>, or <c>2.7</c> in epoch 2; null when there is none.</summary>
    [JsonPropertyName("release")]
    public string? Release { get; init; }

    /// <summary>The system that the release expects; null for a channel.</summary>
    [JsonPropertyName("expected")]
    public StorePath? Expected { get; init; }

    /// <summary>Where its configuration comes from; null when it was in no git work tree.</summary>
    [JsonPropertyName("provenance")]
    public ProvenanceDocument? Provenance { get; init; }

    /// <summary>The system that the host says it runs; null when it never said.</summary>
    [JsonPropertyName("running")]
    public StorePath? Running { get; init; }

    /// <summary>The version of its agent; null when it never said.</summary>
    [JsonPropertyName("agent")]
    public string? Agent { get; init; }

    /// <summary>Since when the state holds, by the clock of the server; null when that is not known.</summary>
    [JsonPropertyName("since")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it was last heard, by the clock of the server; null when it never was.</summary>
    [JsonPropertyName("lastSeen")]
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>When it last reported success, by the clock of the server; null when it never did.</summary>
    [JsonPropertyName("lastSuccess")]
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How long the last attempt that ended took, in seconds; null when none ended.</summary>
    [JsonPropertyName("lastDurationSeconds")]
    public double? LastDurationSeconds { get; init; }

    /// <summary>Whether somebody should look at the host.</summary>
    [JsonPropertyName("needsAttention")]
    public bool NeedsAttention { get; init; }

    /// <summary>What is true beside the state; a list of words in JSON.</summary>
    [JsonPropertyName("flags")]
    [JsonConverter(typeof(WordsJsonConverter<StatusFlags>))]
    public StatusFlags Flags { get; init; }

    /// <summary>What was odd about what the host wrote, and why something could not be read.</summary>
    [JsonPropertyName("remarks")]
    public IReadOnlyList<string> Remarks { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    internal static HostStatusDocument Of(HostStatus status) => new()
    {
        Host = status.Host,
        State = status.State,
        Reason = status.Reason,
        Release = status.Number?.ToString(),
        Expected = status.Expected,
        Provenance = ProvenanceDocument.Of(status.Provenance),
        Running = status.Running,
        Agent = status.AgentVersion,
        Since = status.Since,
        LastSeen = status.LastSeen,
        LastSuccess = status.LastSuccess,
        LastDurationSeconds = status.LastDuration?.TotalSeconds,
        NeedsAttention = status.NeedsAttention,
        Flags = status.Flags,
        Remarks = status.Remarks,
    };
}
