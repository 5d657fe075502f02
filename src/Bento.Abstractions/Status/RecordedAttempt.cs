using Bento.Protocol;

namespace Bento.Status;

/// <summary>What a host reported about one attempt.</summary>
/// <param name="Number">The number of the release.</param>
/// <param name="Attempt">Which try at it.</param>
/// <remarks>Immutable. At least one of <see cref="Start"/> and <see cref="Result"/> is set.</remarks>
public sealed record RecordedAttempt(ReleaseNumber Number, int Attempt)
{
    /// <summary>That it began; null when that report is missing.</summary>
    public AttemptStart? Start { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public AttemptResult? Result { get; init; }

    /// <summary>What became of its log.</summary>
    public LogState Log { get; init; }

    /// <summary>When the last of the two arrived, by the server's clock.</summary>
    public DateTimeOffset Received { get; init; }
}
