using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Bento.Files;

namespace Bento.Hosts;

/// <summary>Sums up the metadata of a tree, entry by entry: another fingerprint means that the tree may have changed.</summary>
internal sealed class TreeFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>When the last of the entries changed, by the clock of the file system.</summary>
    public DateTimeOffset NewestChange { get; private set; }

    public void Add(string path, FileStatus status, bool isDirectory)
    {
        NewestChange = status.Changed > NewestChange ? status.Changed : NewestChange;

        // A directory's own times say only what its entries say as well, and change when something ignored in it does.
        ReadOnlySpan<long> facts = isDirectory
            ? [0]
            : [
                (long)status.Device,
                (long)status.Inode,
                status.SizeBytes,
                (long)status.Mode,
                status.ModifiedNanoseconds,
                status.ChangedNanoseconds,
            ];
        _hash.AppendData(Encoding.UTF8.GetBytes(path));
        _hash.AppendData([0]);
        _hash.AppendData(MemoryMarshal.AsBytes(facts));
    }

    /// <returns>The fingerprint, in hexadecimal digits.</returns>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
