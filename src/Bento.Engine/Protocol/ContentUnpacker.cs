using System.Formats.Tar;
using System.IO.Compression;

namespace Bento.Protocol;

/// <summary>
/// Unpacks a content archive into a new directory: plain files and directories, nothing that leaves it, nothing without bounds.
/// </summary>
/// <param name="maxBytes">The most that all files together may have.</param>
internal sealed class ContentUnpacker(long maxBytes)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="archive">The archive.</param>
    /// <param name="directory">Where it goes; must not exist, its parent must.</param>
    /// <param name="cancellationToken">Gives up; what was unpacked stays.</param>
    /// <exception cref="ContentException">The archive holds something that is not allowed, or is not an archive.</exception>
    public async Task UnpackAsync(Stream archive, string directory, CancellationToken cancellationToken)
    {
        _ = Directory.CreateDirectory(directory);
        try
        {
            var gzip = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
            await using (gzip.ConfigureAwait(false))
            {
                var guarded = new TarGuard(gzip);
                await using (guarded.ConfigureAwait(false))
                {
                    var tar = new TarReader(guarded, leaveOpen: true);
                    await using (tar.ConfigureAwait(false))
                    {
                        await UnpackAsync(tar, directory, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException
            or FormatException
            or EndOfStreamException
            or ArithmeticException
            or ArgumentException
            or UnauthorizedAccessException)
        {
            throw new ContentException($"The archive cannot be read: {exception.Message}", exception);
        }

        foreach (var path in Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories)
            .OrderByDescending(path => path.Length)
            .Append(directory))
        {
            File.SetUnixFileMode(path, Executable);
            Directory.SetLastWriteTimeUtc(path, ContentArchive.EntryTime);
        }
    }

    private async Task UnpackAsync(TarReader tar, string directory, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        var entries = 0;
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var name = Checked(entry.Name);
            var path = Path.Join(directory, name);
            bytes += entry.Length;

            // Directories that only the path of an entry names take an inode each like all others.
            entries += 1 + MissingParents(directory, name);
            if (entries > TreeLimits.MaxEntries || bytes > maxBytes)
            {
                throw new ContentException($"The archive has more than {TreeLimits.MaxEntries} entries or {maxBytes} bytes.");
            }

            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    _ = Directory.CreateDirectory(path);
                    break;
                case TarEntryType.RegularFile:
                    await WriteAsync(entry, path, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    throw new ContentException($"The archive holds a {entry.EntryType}; only files and directories are allowed.");
            }
        }
    }

    private static int MissingParents(string directory, string name)
    {
        var missing = 0;
        for (var end = name.LastIndexOf('/'); end > 0
            && !Directory.Exists(Path.Join(directory, name[..end])); end = name.LastIndexOf('/', end - 1))
        {
            missing++;
        }

        return missing;
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        if (Path.Exists(path))
        {
            throw new ContentException("The archive holds a path twice.");
        }

        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }

        File.SetUnixFileMode(path, (entry.Mode & UnixFileMode.UserExecute) != 0 ? Executable : Readable);
        File.SetLastWriteTimeUtc(path, ContentArchive.EntryTime);
    }

    private static string Checked(string name)
    {
        var path = name.TrimEnd('/');
        var parts = path.Split('/');
        return path.Length is > 0 and <= TreeLimits.MaxPathLength && parts.Length <= TreeLimits.MaxDepth && parts.All(IsAllowed)
            ? path
            : throw new ContentException("The archive holds a path that leaves its directory, or is too long or too deep.");
    }

    private static bool IsAllowed(string part) =>
        part.Length > 0 && part is not ("." or "..") && !part.Contains('\0', StringComparison.Ordinal);
}
