using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>A heartbeat as it is written.</summary>
internal sealed record HeartbeatDocument(
    int Schema,
    DateTimeOffset At,
    double IntervalSeconds,
    string Agent,
    string? Running,
    string? Booted,
    string? Release,
    Refusal? Refusal,
    string? Detail,
    DateTimeOffset? RebootPendingSince,
    bool BootedOld = false,
    PauseDocument? Pause = null,
    bool SecretsLocked = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AcceptedHostKey = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HostTrustDocument? Trusts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Stuck = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Rejected = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Held = false);
