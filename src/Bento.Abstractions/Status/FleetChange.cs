using System.Text.Json.Serialization;
using Bento.Hosts;

namespace Bento.Status;

/// <summary>
/// What changed in a fleet, for chat messages, web pages and tests. A closed hierarchy: the nested records are all there are.
/// </summary>
/// <remarks>Immutable. <see cref="FleetEvent"/> tells what one deploy does while it runs; this tells what the hosts make of it.</remarks>
[JsonDerivedType(typeof(Snapshot), "snapshot")]
[JsonDerivedType(typeof(HostChanged), "hostChanged")]
[JsonDerivedType(typeof(Unreachable), "unreachable")]
[JsonDerivedType(typeof(Reachable), "reachable")]
public abstract record FleetChange
{
    private FleetChange()
    {
    }

    /// <summary>How all hosts stand. It comes first, so that who begins to listen late knows as much as who was always there.</summary>
    /// <param name="Hosts">The hosts, in ordinal order of their names.</param>
    public sealed record Snapshot(IReadOnlyList<HostStatus> Hosts) : FleetChange
    {
        /// <summary>The hosts, in ordinal order of their names.</summary>
        public IReadOnlyList<HostStatus> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);
    }

    /// <summary>Something happened to a host.</summary>
    public sealed record HostChanged : FleetChange
    {
        /// <summary>
        /// What happened. Where several things did between two looks, each has an element, in the order in which they
        /// happened.
        /// </summary>
        public required HostChange What { get; init; }

        /// <summary>How the host stood; null when it has just appeared.</summary>
        public required HostStatus? Before { get; init; }

        /// <summary>How it stands at the end of them.</summary>
        public required HostStatus Now { get; init; }
    }

    /// <summary>
    /// The fleet cannot be looked at: the server or the store is away, or refuses. Nothing is known of any host until it can be. Said once;
    /// then it is tried again, once an interval.
    /// </summary>
    /// <param name="Reason">Why, as one sentence.</param>
    public sealed record Unreachable(string Reason) : FleetChange;

    /// <summary>The fleet can be looked at again. What happened to the hosts meanwhile follows.</summary>
    public sealed record Reachable : FleetChange;
}
