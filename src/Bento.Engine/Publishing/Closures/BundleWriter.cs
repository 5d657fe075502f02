using System.Security.Cryptography;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Writes small compressed NARs one behind the other into one file, which is named by its hash.</summary>
internal sealed class BundleWriter(ClosureDirectory directory)
{
    /// <returns>The bundle, and where in it each file lies.</returns>
    /// <exception cref="ContentException">A file of the cache is damaged; it is gone, and comes anew.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<(ClosureBundle Bundle, IReadOnlyList<ClosureFile> Files)> WriteAsync(
        IReadOnlyList<PackedFile> parts, CancellationToken cancellationToken)
    {
        var files = new List<ClosureFile>();
        using var content = new MemoryStream();
        foreach (var part in parts)
        {
            var bytes = await File.ReadAllBytesAsync(part.Place, cancellationToken).ConfigureAwait(false);
            if (bytes.Length != part.Bytes || ContentHash.FromBytes(SHA256.HashData(bytes)) != part.Hash)
            {
                File.Delete(part.Place);
                throw new ContentException($"The compressed copy here of '{part.Place}' was damaged and is removed. Deploy again.");
            }

            files.Add(new ClosureFile { Hash = part.Hash, Bytes = bytes.Length, Bundle = 0, Offset = content.Length });
            content.Write(bytes);
        }

        var bundle = new ClosureBundle
        {
            Hash = ContentHash.FromBytes(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length))),
            Bytes = content.Length,
        };
        DurableFile.Write(
            directory.BundleFile(bundle.Hash), content.GetBuffer().AsSpan(0, (int)content.Length), ClosureDirectory.SharedMode);
        return (bundle, files);
    }
}
