namespace Bento.Publishing;

/// <summary>Somebody else publishes to the same areas.</summary>
public sealed class PublishLockedException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="holder">Who holds the lock, as it wrote itself: user, machine, process and time.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public PublishLockedException(string holder, Exception? innerException = null)
        : base($"Another publisher holds the lock: {holder}.", innerException)
    {
        Holder = holder;
        Kind = FailureKind.Locked;
        IsTransient = true;
        NextStep = "Wait until it is done, then run the command again.";
    }

    /// <summary>Who holds the lock.</summary>
    public string Holder { get; }
}
