using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>What came of the effect of a phase. A closed hierarchy: the nested records are all there are.</summary>
internal abstract record AttemptEvent
{
    private AttemptEvent()
    {
    }

    /// <summary>The content is there whole.</summary>
    internal sealed record Fetched : AttemptEvent;

    /// <summary>The system is valid in the store.</summary>
    internal sealed record Built(StorePath System) : AttemptEvent;

    /// <summary>Fetching, building or decrypting failed: nothing on the machine changed.</summary>
    internal sealed record Failed(AttemptOutcome Outcome, string Reason, bool IsTransient) : AttemptEvent
    {
        /// <summary>Whether a store that was suspect was read whole before, and what was damaged of it removed.</summary>
        public bool IsStoreChecked { get; init; }
    }

    /// <summary>The machine runs and boots the system already.</summary>
    internal sealed record AlreadyRunning : AttemptEvent;

    /// <summary>The server can be reached, so a switch can be confirmed.</summary>
    internal sealed record Reachable(StorePath? Previous, StorePath? PreviousProfile = null) : AttemptEvent;

    /// <summary>
    /// The switch cannot begin now: the server cannot be reached or takes nothing, so that it could not be confirmed, or another switch is
    /// under way.
    /// </summary>
    internal sealed record Unreachable(string Reason) : AttemptEvent;

    /// <summary>The switch must not begin now: the release says when it may, or somebody works on the machine.</summary>
    /// <param name="Reason">Why, as one sentence.</param>
    internal sealed record Held(string Reason) : AttemptEvent
    {
        /// <summary>When it is worth asking again; null where only asking tells.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>Since when the host holds itself back, this attempt and those before it; null where it does not.</summary>
        public DateTimeOffset? BackSince { get; init; }
    }

    /// <summary>The switch ended.</summary>
    internal sealed record Switched(Activation Activation) : AttemptEvent;

    /// <summary>The system must not be switched to live; the next boot starts it.</summary>
    internal sealed record Staged(IReadOnlyList<string> Inhibitors) : AttemptEvent;

    /// <summary>The switch could not begin, or the profile not be set.</summary>
    internal sealed record NotSwitched(string Reason, bool IsTransient = false) : AttemptEvent;

    /// <summary>The switch refused to begin, and nothing was touched.</summary>
    internal sealed record Refused(string Reason) : AttemptEvent;

    /// <summary>Somebody else has switched the machine to a third system.</summary>
    internal sealed record Overtaken(string Reason) : AttemptEvent;

    /// <summary>The server was reached over a new connection, and every health check holds.</summary>
    internal sealed record Confirmed : AttemptEvent;

    /// <summary>
    /// That did not happen in time; where the server was never reached, whether by its fault or by that of the system nobody knows.
    /// </summary>
    internal sealed record Unconfirmed(string Reason, bool IsServerAway = false) : AttemptEvent;

    /// <summary>The system that ran before runs and boots again.</summary>
    internal sealed record RolledBack(IReadOnlyList<string> FailedUnits) : AttemptEvent;

    /// <summary>It could not be put back.</summary>
    internal sealed record NotRolledBack(string Reason) : AttemptEvent;
}
