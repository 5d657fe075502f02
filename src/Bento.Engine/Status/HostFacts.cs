using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>Everything that the rule looks at.</summary>
/// <param name="Host">The host.</param>
/// <param name="Record">The server's own record, with the newest heartbeat.</param>
/// <param name="Remarks">What was odd about what the host wrote.</param>
internal sealed record HostFacts(HostName Host, HostRecord Record, IReadOnlyList<string> Remarks)
{
    /// <summary>Whether a configuration still describes the host, as far as is known.</summary>
    public bool IsInFleet { get; init; } = true;

    /// <summary>
    /// Whether the newest heartbeat was read in the area now; else it is known from earlier looks, and the host may have been heard since.
    /// </summary>
    public bool IsHeartbeatRead { get; init; } = true;

    /// <summary>Whether its area and the server's own record of it were read; else something is missing here that is there.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>That its newest configuration could not be built here; null when it could.</summary>
    public FailedBuild? FailedBuild { get; init; }

    /// <summary>The newest heartbeat; null when there never was one.</summary>
    public Heartbeat? Heartbeat => Record.Heartbeat;

    /// <summary>When it arrived, by the server's clock.</summary>
    public DateTimeOffset? HeartbeatReceived => Record.HeartbeatReceived;
}
