namespace Bento.Notifications;

/// <summary>One way to tell somebody. Any number of them can be registered, beside those of the options.</summary>
/// <remarks>Used by one call at a time.</remarks>
public interface INotificationChannel
{
    /// <summary>What it is called in messages, and where it is kept what it was told: stable, and no secret.</summary>
    string Name { get; }

    /// <summary>Tells.</summary>
    /// <param name="notification">What.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it has been taken.</returns>
    /// <exception cref="NotificationException">It was not; it is told again the next time.</exception>
    Task SendAsync(Notification notification, CancellationToken cancellationToken = default);
}
