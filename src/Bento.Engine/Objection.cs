namespace Bento;

/// <summary>Why something is not done, and what to do about it.</summary>
/// <param name="Reason">The reason, as a sentence unless the method that gives it says otherwise.</param>
/// <param name="NextStep">What to do; null when the reason says it.</param>
internal sealed record Objection(string Reason, NextStep? NextStep = null)
{
    /// <summary>What sort of failure it is that it is not done.</summary>
    public FailureKind Kind { get; init; } = FailureKind.Held;

    public override string ToString() => Reason;
}
