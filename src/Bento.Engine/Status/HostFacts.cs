using Bento.Agents;
using Bento.Hosts;

namespace Bento.Status;

/// <summary>Everything that the rule looks at.</summary>
/// <param name="Host">The host.</param>
/// <param name="Record">The server's own record.</param>
/// <param name="Heartbeat">The newest heartbeat; null when there never was one.</param>
/// <param name="HeartbeatReceived">When it arrived, by the server's clock.</param>
/// <param name="Remarks">What was odd about what the host wrote.</param>
internal sealed record HostFacts(
    HostName Host, HostRecord Record, Heartbeat? Heartbeat, DateTimeOffset? HeartbeatReceived, IReadOnlyList<string> Remarks);
