namespace Bento;

/// <summary>Why something failed, as a value: results of operations on several hosts have it where a single call throws.</summary>
/// <param name="Kind">What a program branches on.</param>
/// <param name="Message">What failed and why, for a person; may have several lines.</param>
/// <remarks>Immutable.</remarks>
public sealed record Failure(FailureKind Kind, string Message)
{
    /// <summary>What to try next; null when the message says all there is.</summary>
    public NextStep? NextStep { get; init; }

    /// <summary>Whether the same call may succeed later without anyone changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Makes a failure of what was thrown.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The failure, with the kind, the message and the next step of the exception.</returns>
    public static Failure Of(BentoException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new Failure(exception.Kind, exception.Message) { NextStep = exception.NextStep, IsTransient = exception.IsTransient };
    }

    /// <summary>The failure for a person.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
