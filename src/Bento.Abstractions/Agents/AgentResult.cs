using Bento.Protocol;

namespace Bento.Agents;

/// <summary>What one run of the agent came to.</summary>
/// <param name="Conclusion">What was concluded.</param>
/// <param name="Reason">Why, as one sentence.</param>
/// <remarks>Immutable.</remarks>
public sealed record AgentResult(AgentConclusion Conclusion, string Reason)
{
    /// <summary>The number of the release that the server holds; null when none was read.</summary>
    public ReleaseNumber? Number { get; init; }

    /// <summary>How the attempt ended; null unless one was made.</summary>
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>Why the release was refused; null unless it was.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>
    /// The fingerprint of the key of the server, when it was taken at first contact and nobody has pinned it yet; null when it is pinned.
    /// </summary>
    public KeyFingerprint? AcceptedHostKey { get; init; }

    /// <summary>
    /// Why the secrets that the host should have are not in its memory, as one sentence; null when they are, or it has none.
    /// </summary>
    public string? LockedSecrets { get; init; }

    /// <summary>Whether every report has reached the server. Those that have not wait for the next run.</summary>
    public bool IsReported { get; init; }
}
