using Bento.Transport;

namespace Bento.Protocol;

/// <summary>
/// Fetches content from an area: hashed while it arrives, unpacked, and hashed again as the tree that the release names. Nothing of a
/// server is believed.
/// </summary>
internal static class ContentDownload
{
    /// <param name="area">The area.</param>
    /// <param name="content">What the release names.</param>
    /// <param name="archive">Where the archive goes; must not exist.</param>
    /// <param name="tree">Where the tree goes; must not exist.</param>
    /// <param name="unpacker">Unpacks it.</param>
    /// <param name="cancellationToken">Gives up; what was written stays.</param>
    /// <exception cref="ContentException">It is not what the release says.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    /// <exception cref="IOException">There is no room for it, or it cannot be written.</exception>
    public static async Task FetchAsync(
        IArea area, ReleaseContent content, string archive, string tree, ContentUnpacker unpacker, CancellationToken cancellationToken)
    {
        var file = new FileStream(archive, FileMode.CreateNew, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            await CopyAsync(area, AreaPath.Archive(content.Archive), content.Archive, content.ArchiveBytes, file, cancellationToken)
                .ConfigureAwait(false);
        }

        var stream = new FileStream(archive, FileMode.Open, FileAccess.Read);
        await using (stream.ConfigureAwait(false))
        {
            await unpacker.UnpackAsync(stream, tree, cancellationToken).ConfigureAwait(false);
        }

        if (NarHash.Compute(tree) != content.TreeHash)
        {
            throw new ContentException("The unpacked tree is not the one that the release names.");
        }
    }

    /// <summary>Copies a file that is named by its hash.</summary>
    /// <exception cref="ContentException">It is not there, or is another one.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    public static async Task CopyAsync(
        IArea area, string path, ContentHash hash, long bytes, Stream destination, CancellationToken cancellationToken)
    {
        var hashing = new HashingStream(destination, bytes);
        await using (hashing.ConfigureAwait(false))
        {
            if (!await area.CopyToAsync(path, hashing, bytes, cancellationToken).ConfigureAwait(false))
            {
                throw new ContentException($"The server does not have '{path}', which the release names.") { IsTransient = true };
            }

            if (hashing.Length != bytes || hashing.Finish() != hash)
            {
                throw new ContentException($"What the server sent is not the '{path}' that the release names.") { IsTransient = true };
            }
        }
    }
}
