namespace Bento.Notifications;

/// <summary>What one channel was told.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Changes">How many hosts it was about; 0 where nothing had changed, and it was told nothing.</param>
/// <remarks>Immutable.</remarks>
public sealed record NotificationResult(string Channel, int Changes)
{
    /// <summary>Why the channel did not take it; null when it did.</summary>
    public Failure? Failure { get; init; }
}
