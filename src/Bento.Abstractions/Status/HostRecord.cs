using Bento.Protocol;

namespace Bento.Status;

/// <summary>What the server knows of one host.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostRecord
{
    /// <summary>How many releases a record keeps; older ones go.</summary>
    public const int MaxReleases = 50;

    /// <summary>The record of a host about which nothing is known.</summary>
    public static HostRecord Empty { get; } = new();

    /// <summary>The releases that were published, newest first.</summary>
    public IReadOnlyList<PublishedRelease> Releases { get; init => field = ValueList.Of(value); } = ValueList<PublishedRelease>.Empty;

    /// <summary>The attempts that were reported, newest first.</summary>
    public IReadOnlyList<RecordedAttempt> Attempts { get; init => field = ValueList.Of(value); } = ValueList<RecordedAttempt>.Empty;

    /// <summary>The logs of bash bento that arrived, newest first by the server's clock.</summary>
    public IReadOnlyList<BashLog> BashLogs { get; init => field = ValueList.Of(value); } = ValueList<BashLog>.Empty;

    /// <summary>The last heartbeat; null when there was none.</summary>
    public Heartbeat? Heartbeat { get; init; }

    /// <summary>When that heartbeat arrived, by the server's clock; null when there was none.</summary>
    public DateTimeOffset? HeartbeatReceived { get; init; }
}
