using System.Text.Json.Serialization;
using Bento.Agents;
using Bento.Json;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>What a host knows about itself: <c>bento agent status --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record AgentStatusDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>Its name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>The number of the release that it last accepted; null when it accepted none.</summary>
    [JsonPropertyName("release")]
    public string? Release { get; init; }

    /// <summary>Where the configuration of its release comes from; null when it was in no git work tree.</summary>
    [JsonPropertyName("provenance")]
    public ProvenanceDocument? Provenance { get; init; }

    /// <summary>The system that the last attempt is about; null when there was none.</summary>
    [JsonPropertyName("wanted")]
    public StorePath? Wanted { get; init; }

    /// <summary>What it runs; null when that cannot be told.</summary>
    [JsonPropertyName("running")]
    public StorePath? Running { get; init; }

    /// <summary>What it was booted into; null when that cannot be told.</summary>
    [JsonPropertyName("booted")]
    public StorePath? Booted { get; init; }

    /// <summary>What it boots next; null when that cannot be told.</summary>
    [JsonPropertyName("nextBoot")]
    public StorePath? NextBoot { get; init; }

    /// <summary>Where it stands, as one sentence.</summary>
    [JsonPropertyName("summary")]
    public required string Summary { get; init; }

    /// <summary>How the last attempt ended; null when there was none, or it goes on.</summary>
    [JsonPropertyName("outcome")]
    [JsonConverter(typeof(WordJsonConverter<AttemptOutcome>))]
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>When a failed release is tried again at the earliest; null when none is.</summary>
    [JsonPropertyName("retryAt")]
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Since when it should reboot; null when it should not.</summary>
    [JsonPropertyName("rebootPendingSince")]
    public DateTimeOffset? RebootPendingSince { get; init; }

    /// <summary>That somebody paused it; null when nobody did.</summary>
    [JsonPropertyName("pause")]
    public AgentPauseDocument? Pause { get; init; }

    /// <summary>The agent that works now: user, machine, process and time; null when none does.</summary>
    [JsonPropertyName("worker")]
    public string? Worker { get; init; }

    /// <summary>How many reports wait for the server.</summary>
    [JsonPropertyName("waitingReports")]
    public int WaitingReports { get; init; }

    /// <summary>Whether the secrets that it should have are not in its memory.</summary>
    [JsonPropertyName("secretsLocked")]
    public bool SecretsLocked { get; init; }

    /// <summary>What waits, and why.</summary>
    [JsonPropertyName("waits")]
    public IReadOnlyList<string> Waits { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Makes the document of a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The document.</returns>
    public static AgentStatusDocument Of(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new()
        {
            Host = state.Host,
            Release = state.Number?.ToString(),
            Provenance = ProvenanceDocument.Of(state.Provenance),
            Wanted = state.Wanted,
            Running = state.Machine.Running,
            Booted = state.Machine.Booted,
            NextBoot = state.Machine.Profile,
            Summary = state.Summary,
            Outcome = state.Outcome,
            RetryAt = state.RetryAt,
            RebootPendingSince = state.RebootPendingSince,
            Pause = AgentPauseDocument.Of(state.Pause),
            Worker = state.Worker,
            WaitingReports = state.WaitingReportCount,
            SecretsLocked = state.AreSecretsLocked,
            Waits = state.Waits,
        };
    }
}
