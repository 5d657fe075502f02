namespace Bento.Files;

/// <summary>Makes a failure of whatever the world threw.</summary>
internal static class FailureReading
{
    /// <param name="exception">What was thrown.</param>
    /// <param name="message">What to say of it.</param>
    public static Failure Of(Exception exception, string message) => exception is BentoException ours
        ? Failure.Of(ours) with { Message = message }
        : new Failure(KindOf(exception, FailureKind.Other), message);

    /// <param name="exception">What a file system, or code of .NET, threw.</param>
    /// <param name="otherwise">The kind where it is neither full nor forbidden.</param>
    public static FailureKind KindOf(Exception exception, FailureKind otherwise) => exception switch
    {
        UnauthorizedAccessException or SystemCallException { IsDenied: true } => FailureKind.Denied,
        IOException { HResult: (int)Errno.NoSpace or (int)Errno.QuotaExceeded } => FailureKind.NoSpace,
        _ => otherwise,
    };
}
