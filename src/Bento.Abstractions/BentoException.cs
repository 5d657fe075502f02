namespace Bento;

/// <summary>The world did not do what Bento needed: the base of every failure that a caller may want to handle.</summary>
/// <remarks>Misuse of the library is an <see cref="ArgumentException"/> or <see cref="InvalidOperationException"/> instead.</remarks>
public abstract class BentoException : Exception
{
    private protected BentoException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The host that the failure is about; null when it concerns the fleet or the server as a whole.</summary>
    public HostName? Host { get; init; }

    /// <summary>What a person should try next, null when the message says all there is.</summary>
    public NextStep? NextStep { get; init; }

    /// <summary>What sort of failure it is: what a program branches on.</summary>
    /// <value>
    /// Default: what the type of the exception says, and what its constructor is told. Whoever throws may know better: a store whose
    /// database is away says <see cref="FailureKind.Unreachable"/>.
    /// </value>
    public FailureKind Kind { get; init; }

    /// <summary>
    /// Whether the same call may succeed later without anyone changing anything (network, space). The only thing that retries ask.
    /// </summary>
    /// <value>
    /// Default: what the constructor concludes from what it is told; false where it is told nothing. Whoever throws may know better: a
    /// store whose database restarts, a service of keys that is busy.
    /// </value>
    public bool IsTransient { get; init; }
}
