using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Writes small compressed NARs one behind the other into one file, which is named by its hash. Holds one at a time.</summary>
internal sealed class BundleWriter(ClosureDirectory directory)
{
    /// <returns>The bundle, and where in it each file lies.</returns>
    /// <exception cref="ContentException">A file of the cache is damaged; it is gone, and comes anew.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<(ClosureBundle Bundle, IReadOnlyList<ClosureFile> Files)> WriteAsync(
        IReadOnlyList<PackedFile> parts, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await DurableFile.WriteAsync(
            directory.NextBundle, ReadAsync(parts, hash, cancellationToken), ClosureDirectory.SharedMode, cancellationToken)
                .ConfigureAwait(false);
        var files = new List<ClosureFile>(parts.Count);
        var offset = 0L;
        foreach (var part in parts)
        {
            files.Add(new ClosureFile { Hash = part.Hash, Bytes = part.Bytes, Bundle = 0, Offset = offset });
            offset += part.Bytes;
        }

        var bundle = new ClosureBundle { Hash = ContentHash.FromBytes(hash.GetHashAndReset()), Bytes = offset };
        DurableFile.Rename(directory.NextBundle, directory.BundleFile(bundle.Hash));
        return (bundle, files);
    }

    /// <summary>Reads one part after the other, and believes none before its hash is right.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        IReadOnlyList<PackedFile> parts, IncrementalHash whole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            var bytes = await File.ReadAllBytesAsync(part.Place, cancellationToken).ConfigureAwait(false);
            if (bytes.Length != part.Bytes || ContentHash.FromBytes(SHA256.HashData(bytes)) != part.Hash)
            {
                File.Delete(part.Place);
                throw new ContentException($"The compressed copy here of '{part.Place}' was damaged and is removed. Deploy again.");
            }

            whole.AppendData(bytes);
            yield return bytes;
        }
    }
}
