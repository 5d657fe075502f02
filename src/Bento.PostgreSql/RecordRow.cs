using Bento.Protocol;

namespace Bento.PostgreSql;

/// <summary>What a list shows of one host without reading its record.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RecordRow
{
    /// <summary>The host.</summary>
    public required HostName Host { get; init; }

    /// <summary>The newest release that was published for it; null when there is none.</summary>
    public ReleaseNumber? Release { get; init; }

    /// <summary>How its last attempt ended: a name of <see cref="AttemptOutcome"/>, <c>Running</c>, or <c>None</c>.</summary>
    public required string LastOutcome { get; init; }

    /// <summary>When its last heartbeat arrived; null when there was none.</summary>
    public DateTimeOffset? Heartbeat { get; init; }
}
