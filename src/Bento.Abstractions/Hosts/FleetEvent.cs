using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>
/// Something that happened during a fleet operation, for progress displays and logs. A closed hierarchy: the nested records are all there
/// are.
/// </summary>
/// <remarks>Events arrive on whatever thread caused them, in order for one host, and must be handled quickly. Immutable.</remarks>
[JsonDerivedType(typeof(Evaluating), "evaluating")]
[JsonDerivedType(typeof(Evaluated), "evaluated")]
[JsonDerivedType(typeof(Building), "building")]
[JsonDerivedType(typeof(BuildAdvanced), "buildAdvanced")]
[JsonDerivedType(typeof(BuildLogged), "buildLogged")]
[JsonDerivedType(typeof(BuilderStarted), "builderStarted")]
[JsonDerivedType(typeof(BuilderFailed), "builderFailed")]
[JsonDerivedType(typeof(Built), "built")]
[JsonDerivedType(typeof(Packing), "packing")]
[JsonDerivedType(typeof(Warned), "warned")]
[JsonDerivedType(typeof(Published), "published")]
[JsonDerivedType(typeof(Unchanged), "unchanged")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(WaveBegan), "waveBegan")]
[JsonDerivedType(typeof(RolloutStopped), "rolloutStopped")]
[JsonDerivedType(typeof(RolloutFinished), "rolloutFinished")]
public abstract record FleetEvent
{
    private FleetEvent()
    {
    }

    /// <summary>Nix starts to evaluate a configuration directory.</summary>
    /// <param name="Directory">The directory as the operator knows it, relative to the Bento directory.</param>
    public sealed record Evaluating(string Directory) : FleetEvent;

    /// <summary>The system of a host is known, but not yet built.</summary>
    /// <param name="Host">The host.</param>
    /// <param name="System">The system that its configuration describes.</param>
    public sealed record Evaluated(HostName Host, StorePath System) : FleetEvent;

    /// <summary>Nix starts to build the systems of these hosts.</summary>
    /// <param name="Hosts">The hosts, each once.</param>
    public sealed record Building(IReadOnlyList<HostName> Hosts) : FleetEvent
    {
        /// <summary>The hosts, each once.</summary>
        public IReadOnlyList<HostName> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);
    }

    /// <summary>The counters of the running build moved.</summary>
    public sealed record BuildAdvanced : FleetEvent
    {
        /// <summary>Derivations done.</summary>
        public required long DoneCount { get; init; }

        /// <summary>Derivations known to be needed; grows while Nix finds out.</summary>
        public required long TotalCount { get; init; }

        /// <summary>Derivations that are being built now.</summary>
        public required long RunningCount { get; init; }

        /// <summary>Derivations that failed.</summary>
        public required long FailedCount { get; init; }
    }

    /// <summary>A builder printed a line.</summary>
    /// <param name="Derivation">The name of the derivation, without hash and store directory.</param>
    /// <param name="Line">The line, free of control characters.</param>
    public sealed record BuildLogged(string Derivation, string Line) : FleetEvent;

    /// <summary>The builder of a derivation begins.</summary>
    /// <param name="Derivation">The name of the derivation, without hash and store directory.</param>
    public sealed record BuilderStarted(string Derivation) : FleetEvent;

    /// <summary>
    /// A derivation could not be built. Other builders go on; which hosts that concerns is told by <see cref="Failed"/> when all have
    /// ended.
    /// </summary>
    /// <param name="Derivation">The name of the derivation, without hash and store directory; null when Nix does not say which.</param>
    /// <param name="Reason">What Nix says, free of control characters; may have several lines.</param>
    public sealed record BuilderFailed(string? Derivation, string Reason) : FleetEvent
    {
        /// <summary>The last lines that its builder printed, the oldest first, free of control characters; empty for none.</summary>
        public IReadOnlyList<string> LogTail { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;
    }

    /// <summary>The system of a host is built and valid in the store.</summary>
    /// <param name="Host">The host.</param>
    /// <param name="System">The system.</param>
    public sealed record Built(HostName Host, StorePath System) : FleetEvent;

    /// <summary>The systems of these hosts are compressed, with all that they need, for hosts that build nothing.</summary>
    /// <param name="Hosts">The hosts, each once.</param>
    public sealed record Packing(IReadOnlyList<HostName> Hosts) : FleetEvent
    {
        /// <summary>The hosts, each once.</summary>
        public IReadOnlyList<HostName> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);
    }

    /// <summary>Nix or a configuration warns of something, and goes on. The same warning may come again from another directory.</summary>
    /// <param name="Message">The warning, free of control characters.</param>
    public sealed record Warned(string Message) : FleetEvent;

    /// <summary>A new release of a host is current in its area.</summary>
    /// <param name="Host">The host.</param>
    /// <param name="Number">The number of the release.</param>
    public sealed record Published(HostName Host, ReleaseNumber Number) : FleetEvent;

    /// <summary>The host was left alone, because its release would not change.</summary>
    /// <param name="Host">The host.</param>
    public sealed record Unchanged(HostName Host) : FleetEvent;

    /// <summary>The host could not be brought further in this operation; the others go on.</summary>
    /// <param name="Host">The host.</param>
    /// <param name="Failure">Why.</param>
    public sealed record Failed(HostName Host, Failure Failure) : FleetEvent;

    /// <summary>A rollout begins to publish a wave.</summary>
    /// <param name="Wave">Which one, counted from 1; 0 for the hosts that wait for no wave.</param>
    /// <param name="Hosts">The hosts that get their release now, each once.</param>
    public sealed record WaveBegan(int Wave, IReadOnlyList<HostName> Hosts) : FleetEvent
    {
        /// <summary>The hosts that get their release now, each once.</summary>
        public IReadOnlyList<HostName> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);
    }

    /// <summary>A rollout stopped itself: more hosts failed than may.</summary>
    /// <param name="Reason">Why, as one sentence.</param>
    public sealed record RolloutStopped(string Reason) : FleetEvent;

    /// <summary>A rollout published its last wave, and waits for no host any more.</summary>
    public sealed record RolloutFinished : FleetEvent;
}
