namespace Bento.Transport;

/// <summary>
/// An area on this machine: a file that it gets may be one that lies here already, under another name. Fifty hosts that share most of their
/// files then take the room of one.
/// </summary>
public interface ILinkingArea
{
    /// <summary>
    /// Gives files of this machine a name in the area; what cannot be linked is copied. All are durable when the call ends.
    /// </summary>
    /// <param name="files">For each path in the area the file, as an absolute path. Directories must exist.</param>
    /// <param name="cancellationToken">Stops between two files; those before it stay.</param>
    /// <returns>A task that ends when all have their names.</returns>
    /// <exception cref="TransportException">One of them did not get its name.</exception>
    Task LinkAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken = default);
}
