using Bento.Status;
using Bento.Transport;

namespace Bento.Notifications;

/// <summary>Tells whoever wants to know which hosts need somebody, and which do not any more.</summary>
/// <remarks>
/// Thread-safe. What each channel was told is on disk: nothing is told twice, and what a channel did not take is told it the next time, as
/// it is then. Stands beside publishing, and holds none up.
/// </remarks>
public interface INotifier
{
    /// <summary>Looks at the fleet, and tells each channel what changed since it was last told.</summary>
    /// <param name="cancellationToken">Gives up; what was told by then stays told.</param>
    /// <returns>A result for each channel; an empty list without channels.</returns>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="StatusStoreException">The records cannot be read.</exception>
    /// <exception cref="NotificationException">What was told cannot be read or written down.</exception>
    Task<IReadOnlyList<NotificationResult>> TellAsync(CancellationToken cancellationToken = default);
}
