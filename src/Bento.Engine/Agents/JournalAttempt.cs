using Bento.Building;
using Bento.Publishing;

namespace Bento.Agents;

/// <summary>An attempt as the journal holds it.</summary>
/// <param name="Release">The release that is tried: the accepted payload, so that an attempt goes on without asking the server again.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="StartedAt">When, by the host's clock.</param>
/// <param name="Phase">Where it is.</param>
internal sealed record JournalAttempt(Release Release, int Attempt, DateTimeOffset StartedAt, AttemptPhase Phase)
{
    /// <summary>What ran before; set when activating begins. The way back.</summary>
    public StorePath? Previous { get; init; }

    /// <summary>The system that was built; set when activating begins.</summary>
    public StorePath? System { get; init; }

    /// <summary>How it ended; set when it has finished.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Whether it is to be tried again.</summary>
    public bool WillRetry { get; init; }

    /// <summary>The earliest next try; null for at once.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
