namespace Bento.Files;

/// <summary>Makes and replaces directories so that nobody sees a half one for long, also after a crash.</summary>
internal static class DurableTree
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory that has its owner and mode from the moment it has its name; does nothing when there is one.</summary>
    /// <exception cref="ForeignFileException">Something else has the name.</exception>
    public static void EnsureDirectory(string path, UnixFileMode mode, FileOwner? owner)
    {
        if (FileStatus.Read(path) is { } status)
        {
            if (status.Kind != FileKind.Directory)
            {
                throw new ForeignFileException(path, status.Description);
            }

            return;
        }

        var temporary = DurableFile.TemporaryPath(path);
        try
        {
            CreateDirectory(temporary, mode, owner);
            DurableFile.Rename(temporary, path);
        }
        catch (SystemCallException exception) when (exception.Errno is Errno.NotEmpty or Errno.Exists)
        {
            // Somebody else was first, and already uses it.
            Remove(temporary);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Puts a copy of <paramref name="source"/> in the place of <paramref name="target"/>.</summary>
    /// <exception cref="ForeignFileException">The target is not a directory, or the source holds more than directories, files and
    /// links.</exception>
    public static void Replace(string source, string target, TreeAttributes attributes, CancellationToken cancellationToken)
    {
        var isThere = FileStatus.Read(target) is { } status
            && (status.Kind == FileKind.Directory ? true : throw new ForeignFileException(target, status.Description));
        var temporary = DurableFile.TemporaryPath(target);
        try
        {
            Copy(source, temporary, attributes, cancellationToken);
            DurableFile.SyncTree(temporary);
            if (!isThere)
            {
                DurableFile.Rename(temporary, target);
            }
            else if (!DurableFile.TryExchange(temporary, target))
            {
                // Few file systems cannot swap: for a moment there is neither.
                var old = DurableFile.TemporaryPath(target);
                DurableFile.Rename(target, old);
                DurableFile.Rename(temporary, target);
                Remove(old);
            }
        }
        finally
        {
            // What failed, or what was replaced.
            Remove(temporary);
        }
    }

    /// <summary>Removes a directory with all that is in it: nobody sees half of it under its name.</summary>
    public static bool TakeAway(string path)
    {
        var away = DurableFile.TemporaryPath(path);
        DurableFile.Rename(path, away);
        Remove(away);
        return true;
    }

    /// <summary>Removes what killed processes left under names of <see cref="DurableFile.TemporaryPath"/>.</summary>
    public static void RemoveTemporaries(string directory)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(directory, $".*{DurableFile.TemporarySuffix}"))
        {
            Remove(entry);
        }
    }

    /// <summary>Removes a file or tree. What cannot be removed waits for the next time: it stands in nobody's way.</summary>
    private static void Remove(string path)
    {
        try
        {
            if (FileStatus.Read(path) is { } status && status.Kind == FileKind.Directory)
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    private static void Copy(string source, string target, TreeAttributes attributes, CancellationToken cancellationToken)
    {
        CreateDirectory(target, Private, attributes.Owner);
        foreach (var entry in Directory.EnumerateFileSystemEntries(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = Path.Combine(target, Path.GetFileName(entry));
            if (FileStatus.Read(entry) is { } status)
            {
                CopyEntry(entry, status, copy, attributes, cancellationToken);
            }
        }

        SetDirectory(target, attributes.DirectoryMode, attributes.Owner);
    }

    private static void CopyEntry(
        string entry, in FileStatus status, string copy, TreeAttributes attributes, CancellationToken cancellationToken)
    {
        switch (status.Kind)
        {
            case FileKind.Directory:
                Copy(entry, copy, attributes, cancellationToken);
                break;
            case FileKind.File:
                CopyFile(entry, copy, attributes.ModeOf(status), attributes.Owner);
                break;
            case FileKind.Link:
                CopyLink(entry, copy, attributes.Owner);
                break;
            default:
                throw new ForeignFileException(entry, status.Description);
        }
    }

    private static void CopyFile(string source, string target, UnixFileMode mode, FileOwner? owner)
    {
        using var content = File.OpenRead(source);
        using var file = DurableFile.Create(target, target);
        using var stream = new FileStream(file, FileAccess.Write, bufferSize: 0);
        try
        {
            content.CopyTo(stream);
        }
        catch (IOException exception)
        {
            throw SystemCallException.From(exception, $"write {content.Length} bytes to", target);
        }

        DurableFile.SetAttributes(file, target, mode, owner);
    }

    private static void CopyLink(string source, string target, FileOwner? owner)
    {
        if (NativeMethods.CreateLink(new FileInfo(source).LinkTarget!, target) < 0)
        {
            throw SystemCallException.Last("create a link at", target);
        }

        owner?.Apply(target);
    }

    private static void CreateDirectory(string path, UnixFileMode mode, FileOwner? owner)
    {
        if (NativeMethods.CreateDirectory(path, (uint)Private) < 0)
        {
            throw SystemCallException.Last("create the directory", path);
        }

        SetDirectory(path, mode, owner);
    }

    private static void SetDirectory(string path, UnixFileMode mode, FileOwner? owner)
    {
        using var directory = NativeMethods.Open(path, (OpenFlags.ReadOnly | OpenFlags.CloseOnExec).OnlyDirectory().WithoutFollowing(), 0);
        if (directory.IsInvalid)
        {
            throw SystemCallException.Last("open", path);
        }

        DurableFile.SetAttributes(directory, path, mode, owner);
    }
}
