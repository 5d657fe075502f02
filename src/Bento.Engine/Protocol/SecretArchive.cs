using System.Formats.Tar;
using System.IO.Compression;

namespace Bento.Protocol;

/// <summary>Packs secrets in memory: in the clear they never touch the disk of a publisher.</summary>
internal static class SecretArchive
{
    /// <param name="files">Paths and contents.</param>
    /// <returns>A tar in gzip.</returns>
    public static byte[] Pack(IEnumerable<(string Path, byte[] Content)> files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path)
                {
                    Mode = SecretFile.DefaultMode,
                    DataStream = new MemoryStream(content),
                });
            }
        }

        return packed.ToArray();
    }
}
