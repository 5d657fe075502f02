namespace Bento.Agents.Journal;

/// <summary>What came of the last time that the host looked for newer inputs.</summary>
/// <param name="At">When, by the host's clock.</param>
/// <param name="Failures">How many looks in a row have failed.</param>
internal sealed record SelfUpdateLook(DateTimeOffset At, int Failures)
{
    /// <summary>Why the last look failed, as one sentence; null when it did not.</summary>
    public string? Problem { get; init; }
}
