namespace Bento.Transport;

/// <summary>The directory tree of one host on the server (docs/protocol.md).</summary>
/// <remarks>
/// Paths are relative to the area, with <c>/</c>, without <c>.</c> or <c>..</c>: <c>logs/beat.json</c>. Safe for concurrent calls on
/// different paths. Reading never follows a symbolic link, never opens anything but a regular file with one name, and never blocks on one:
/// the host may have put anything into <c>logs/</c>. A path that such an entry occupies is <see cref="TransportFailure.Foreign"/>. Every
/// method throws <see cref="TransportException"/> when the server cannot be used.
/// </remarks>
public interface IArea
{
    /// <summary>
    /// Creates what is missing of the area, with the owners and modes that keep other hosts out. Does nothing when all is there.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is there.</returns>
    Task EnsureAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks for what would keep a publisher from writing or an sshd from serving the area, and changes nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The problems; empty when all is well or the area does not exist yet.</returns>
    Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a small file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The most that is read.</param>
    /// <param name="cancellationToken">Gives up, also while the peer stalls.</param>
    /// <returns>Its bytes; null when there is no such file.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.TooLarge"/>: the file is longer;
    /// <see cref="TransportFailure.Foreign"/>: it is not a plain file.</exception>
    Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken = default);

    /// <summary>Looks at a file without opening it: the cheapest question there is, asked again and again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up, also while the peer stalls.</param>
    /// <returns>What the server knows about it; null when there is no such file. Two answers that are equal need not mean equal content:
    /// clocks of file systems are coarse.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.Foreign"/>: it is not a plain file.</exception>
    Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Copies a file to a stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="destination">Where the bytes go; has got up to <paramref name="maxBytes"/> of them when the call throws.</param>
    /// <param name="maxBytes">The most that is copied.</param>
    /// <param name="cancellationToken">Gives up, also while the peer stalls.</param>
    /// <returns>Whether there is such a file.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.TooLarge"/>: the file is longer;
    /// <see cref="TransportFailure.Foreign"/>: it is not a plain file.</exception>
    Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken = default);

    /// <summary>Writes a file so that a reader sees the old content or the new, never less, also after a crash or a power cut.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="content">The new content, read to its end.</param>
    /// <param name="cancellationToken">Gives up; the old content stays.</param>
    /// <returns>A task that ends when the content is durable, as far as the server can promise.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.NoSpace"/>: nothing was changed, and no temporary file is
    /// left.</exception>
    Task WriteAsync(string path, Stream content, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates a directory that belongs to the publisher, with the owner and mode of the area. Does nothing when it is there.
    /// </summary>
    /// <param name="path">The directory; the one above it must exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is there.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.Foreign"/>: something that is not a directory has the
    /// name.</exception>
    Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a directory with all that is in it. A reader sees all of it or nothing. Links in it are removed, never what they lead to.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="cancellationToken">Gives up; what is left of it the next <see cref="EnsureAsync"/> removes.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.Foreign"/>: something that is not a directory has the
    /// name.</exception>
    Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Lists a directory, lazily and in no order.</summary>
    /// <param name="path">The directory; empty for the area itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its entries without <c>.</c> and <c>..</c>; none when there is no such directory.</returns>
    IAsyncEnumerable<AreaEntry> ListAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Removes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(string path, CancellationToken cancellationToken = default);
}
