namespace Bento.Transport;

/// <summary>
/// An area that takes the content of several files before any of them gets its name. For transports on which every step costs a round trip;
/// others need not have it.
/// </summary>
public interface IStagingArea
{
    /// <summary>Sends a file, as <see cref="IArea.WriteAsync"/> does but for its last step.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="content">The new content, read to its end.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <returns>The file; commit it, then dispose it.</returns>
    /// <exception cref="TransportException">It could not be sent.</exception>
    Task<IStagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken = default);
}
