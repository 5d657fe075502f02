using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Bento.Protocol;

/// <summary>Writes a tree as one archive: the same tree gives the same bytes.</summary>
internal static class ContentArchive
{
    /// <summary>
    /// The time of everything in a snapshot, an archive and an unpacked tree: as in the Nix store. Nix puts the newest time of a flake's
    /// files into its evaluation.
    /// </summary>
    public static readonly DateTime EntryTime = DateTime.UnixEpoch.AddSeconds(1);

    /// <param name="tree">A snapshot: plain directories and files, modes already normal.</param>
    /// <param name="archive">The file to write; must not exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<(ContentHash Hash, long Bytes)> WriteAsync(string tree, string archive, CancellationToken cancellationToken)
    {
        var file = new FileStream(archive, FileMode.CreateNew, FileAccess.ReadWrite);
        await using (file.ConfigureAwait(false))
        {
            var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            await using (gzip.ConfigureAwait(false))
            {
                var tar = new TarWriter(gzip, TarEntryFormat.Gnu, leaveOpen: true);
                await using (tar.ConfigureAwait(false))
                {
                    await AddAsync(tar, new DirectoryInfo(tree), string.Empty, cancellationToken).ConfigureAwait(false);
                }
            }

            file.Position = 0;
            return (ContentHash.FromBytes(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)), file.Length);
        }
    }

    private static async Task AddAsync(TarWriter tar, DirectoryInfo directory, string prefix, CancellationToken cancellationToken)
    {
        foreach (var info in directory.EnumerateFileSystemInfos().OrderBy(info => info.Name, Utf8Order.Instance))
        {
            var path = prefix + info.Name;
            if (info is DirectoryInfo child)
            {
                await tar.WriteEntryAsync(Entry(TarEntryType.Directory, path + "/", info), cancellationToken).ConfigureAwait(false);
                await AddAsync(tar, child, path + "/", cancellationToken).ConfigureAwait(false);
                continue;
            }

            var content = new FileStream(info.FullName, FileMode.Open, FileAccess.Read);
            await using (content.ConfigureAwait(false))
            {
                var entry = Entry(TarEntryType.RegularFile, path, info);
                entry.DataStream = content;
                await tar.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static GnuTarEntry Entry(TarEntryType type, string path, FileSystemInfo info) => new(type, path)
    {
        Mode = info.UnixFileMode,
        ModificationTime = EntryTime,
    };
}
