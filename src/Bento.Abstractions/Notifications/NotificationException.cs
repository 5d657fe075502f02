namespace Bento.Notifications;

/// <summary>A channel does not take what it is told, or what was told cannot be kept.</summary>
public sealed class NotificationException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, and why; without what is secret of it.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public NotificationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
