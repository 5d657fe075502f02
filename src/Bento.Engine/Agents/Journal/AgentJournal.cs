using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>
/// What an agent must not forget: which release it has accepted, below which it never goes, and where its attempt at it is.
/// </summary>
internal sealed record AgentJournal
{
    public static AgentJournal Empty { get; } = new();

    /// <summary>The newest release that was ever accepted: nothing before it is.</summary>
    public ReleaseNumber Floor { get; init; }

    /// <summary>The identity of that release: nothing else with its number is.</summary>
    public ReleaseId? FloorId { get; init; }

    /// <summary>That the newest release says that the host leaves itself as it is; null when it does not.</summary>
    public HostFreeze? Freeze { get; init; }

    /// <summary>Since when the machine should reboot; null when it need not.</summary>
    public DateTimeOffset? RebootPendingSince { get; init; }

    /// <summary>The last reboot that this agent ordered; null when there was none.</summary>
    public RebootOrder? Reboot { get; init; }

    /// <summary>The last time that the host looked for newer inputs by itself; null when it never did.</summary>
    public SelfUpdateLook? SelfUpdate { get; init; }

    /// <summary>A look for newer inputs that has not ended; null when there is none.</summary>
    public StoreUse? Looking { get; init; }

    /// <summary>The attempt that runs, or the last that ended; null when there was none.</summary>
    public JournalAttempt? Attempt { get; init; }
}
