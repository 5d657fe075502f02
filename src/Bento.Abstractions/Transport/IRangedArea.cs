namespace Bento.Transport;

/// <summary>
/// An area of which a part of a file can be read: what was cut off goes on where it was, and of many small files in one only those are
/// fetched that are needed. From an area that is not one, files are read from their beginning.
/// </summary>
public interface IRangedArea
{
    /// <summary>Copies a part of a file to a stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="count">How long it is.</param>
    /// <param name="destination">Where the bytes go: fewer where the file ends before.</param>
    /// <param name="cancellationToken">Gives up, also while the peer stalls.</param>
    /// <returns>Whether there is such a file.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.Foreign"/>: it is not a plain file.</exception>
    Task<bool> CopyRangeToAsync(string path, long offset, long count, Stream destination, CancellationToken cancellationToken = default);
}
