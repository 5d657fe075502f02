using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Agents;

/// <summary>
/// Something that happened while an agent works, for displays and logs. A closed hierarchy: the nested records are all there are.
/// </summary>
/// <remarks>Events arrive on whatever thread caused them and must be handled quickly. Immutable.</remarks>
[JsonDerivedType(typeof(Connecting), "connecting")]
[JsonDerivedType(typeof(Entered), "entered")]
[JsonDerivedType(typeof(Fetching), "fetching")]
[JsonDerivedType(typeof(Polled), "polled")]
public abstract record AgentEvent
{
    private AgentEvent()
    {
    }

    /// <summary>Connecting takes longer than two seconds, and goes on.</summary>
    /// <param name="Elapsed">How long it takes already.</param>
    public sealed record Connecting(TimeSpan Elapsed) : AgentEvent;

    /// <summary>The next step of an attempt begins; after an interruption, the step that it was in begins again.</summary>
    /// <param name="Number">The release that is tried.</param>
    /// <param name="Step">The step.</param>
    public sealed record Entered(ReleaseNumber Number, AttemptStep Step) : AgentEvent;

    /// <summary>
    /// How much of a system has come that the host gets whole: when the fetch begins, every five seconds, and when all of it is there.
    /// </summary>
    public sealed record Fetching : AgentEvent
    {
        /// <summary>The release that is fetched.</summary>
        public required ReleaseNumber Number { get; init; }

        /// <summary>The bytes that came in this attempt, from 0 to <see cref="TotalBytes"/>.</summary>
        public required long Bytes { get; init; }

        /// <summary>
        /// All bytes that are to come in it, without what the host already has. It grows when a patch turns out to lead nowhere.
        /// </summary>
        public required long TotalBytes { get; init; }
    }

    /// <summary>
    /// A poll ended. A resident agent says it only when something is to be said: after polls that found nothing new there is none.
    /// </summary>
    /// <param name="Result">What it came to.</param>
    public sealed record Polled(AgentResult Result) : AgentEvent;
}
