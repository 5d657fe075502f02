using Bento.Publishing;

namespace Bento.Agents;

/// <summary>What an agent must not forget: which release it has accepted, below which it never goes, and where its attempt at it is.</summary>
internal sealed record AgentJournal
{
    public static AgentJournal Empty { get; } = new();

    /// <summary>The newest release that was ever accepted: nothing before it is.</summary>
    public ReleaseNumber Floor { get; init; }

    /// <summary>The identity of that release: nothing else with its number is.</summary>
    public ReleaseId? FloorId { get; init; }

    /// <summary>The attempt that runs, or the last that ended; null when there was none.</summary>
    public JournalAttempt? Attempt { get; init; }
}
