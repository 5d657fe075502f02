using System.Runtime.CompilerServices;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Transport;

/// <summary>The area of one host below a directory of this machine. The directory is trusted, <c>logs/</c> is not.</summary>
internal sealed class LocalArea(string root, HostName host, AreaOwnership ownership)
    : IArea, IRangedArea, ILinkingArea
{
    private const UnixFileMode Everybody = UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnDirectory = OwnFile | UnixFileMode.UserExecute;

    private readonly string _area = Path.Combine(root, host.ToString());

    /// <summary>Makes the directory that holds the areas.</summary>
    public static void EnsureRoot(string root, AreaOwnership ownership)
    {
        var mode = ownership == AreaOwnership.SystemUsers ? OwnDirectory | Everybody : OwnDirectory;
        if (FileStatus.ReadTarget(root) is null)
        {
            // Parents are nobody's secret; only the last one is Bento's.
            Directory.CreateDirectory(Path.GetDirectoryName(root) ?? root);
            DurableTree.EnsureDirectory(root, mode, owner: null);
        }
    }

    public Task EnsureAsync(CancellationToken cancellationToken) => Run(() =>
    {
        var user = FindUser();
        var attributes = Attributes(user);
        EnsureRoot(root, ownership);
        DurableTree.EnsureDirectory(_area, attributes.DirectoryMode, attributes.Owner);
        DurableTree.EnsureDirectory(FullPath(AreaPath.Content), attributes.DirectoryMode, attributes.Owner);
        DurableTree.EnsureDirectory(FullPath(AreaPath.Logs), attributes.DirectoryMode, user);

        // A publisher that was killed left them. Not in logs/: there the host is at work.
        DurableTree.RemoveTemporaries(_area);
        DurableTree.RemoveTemporaries(FullPath(AreaPath.Content));
        return true;
    }, cancellationToken);

    public Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken) =>
        Run(() => LocalAreaRules.Check(root, host, ownership), cancellationToken);

    public Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        return Run(() =>
        {
            using var file = PlainFile.OpenRead(_area, path, AreaPath.MayBeShared(path));
            return file is null ? null : PlainFile.ReadAll(file, FullPath(path), maxBytes);
        }, cancellationToken);
    }

    public Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        return Run<AreaEntry?>(() =>
        {
            var name = Path.GetFileName(path);
            using var directory = AnchoredDirectory.Open(_area, AreaPath.Parent(path));
            return directory?.Status(name) is not { } status ? null
                : IsFile(path, status) ? new AreaEntry(name, true, status.SizeBytes, status.Changed) { Written = status.Modified }
                : throw new ForeignFileException(FullPath(path), status.Description);
        }, cancellationToken);
    }

    public async Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        return await CopyAsync(path, 0, maxBytes, destination, isWhole: true, cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> CopyRangeToAsync(string path, long offset, long count, Stream destination, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return CopyAsync(path, offset, count, destination, isWhole: false, cancellationToken);
    }

    public async Task LinkAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var (path, file) in files)
        {
            AreaPath.Check(path);
            cancellationToken.ThrowIfCancellationRequested();
            if (!await Run(() => SharedFile.TryLink(file, FullPath(path)), cancellationToken).ConfigureAwait(false))
            {
                var content = new FileStream(file, FileMode.Open, FileAccess.Read);
                await using (content.ConfigureAwait(false))
                {
                    await WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        _ = await Run(() =>
        {
            DurableFile.SyncFileSystem(_area);
            return true;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    public async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(content);
        var attributes = await Run(() =>
        {
            RequirePlace(path, FileKind.File);
            return Attributes(FindUser());
        }, cancellationToken).ConfigureAwait(false);
        try
        {
            await DurableFile.WriteAsync(
                FullPath(path), content, attributes.FileMode, cancellationToken, attributes.Owner).ConfigureAwait(false);
        }
        catch (Exception exception) when (AreaFailure.IsFileFailure(exception))
        {
            throw AreaFailure.Translate(exception, host);
        }
    }

    public Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        return Run(() =>
        {
            RequirePlace(path, FileKind.Directory);
            var attributes = Attributes(FindUser());
            DurableTree.EnsureDirectory(FullPath(path), attributes.DirectoryMode, attributes.Owner);
            return true;
        }, cancellationToken);
    }

    public Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);

        // A whole tree: not on the caller's thread.
        return Task.Run(
            () => Run(() =>
            {
                using var directory = AnchoredDirectory.Open(_area, AreaPath.Parent(path));
                return directory?.Status(Path.GetFileName(path)) is { } status
                    && (status.Kind == FileKind.Directory
                        ? DurableTree.TakeAway(FullPath(path))
                        : throw new ForeignFileException(FullPath(path), status.Description));
            }, cancellationToken),
            cancellationToken);
    }

    public async IAsyncEnumerable<AreaEntry> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AreaPath.CheckDirectory(path);
        using var directory = await Run(() => AnchoredDirectory.Open(_area, path), cancellationToken).ConfigureAwait(false);
        if (directory is null)
        {
            yield break;
        }

        using var entries = directory.Enumerate().GetEnumerator();
        while (await Run(entries.MoveNext, cancellationToken).ConfigureAwait(false))
        {
            var (name, status) = entries.Current;
            yield return new AreaEntry(name, IsFile($"{path}/{name}", status), status.SizeBytes, status.Changed)
            {
                Written = status.Modified,
            };
        }
    }

    public Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        return Run(() =>
        {
            using var directory = AnchoredDirectory.Open(_area, AreaPath.Parent(path));
            return directory?.Status(Path.GetFileName(path)) is { } status
                && (IsFile(path, status)
                    ? DurableFile.Delete(FullPath(path))
                    : throw new ForeignFileException(FullPath(path), status.Description));
        }, cancellationToken);
    }

    /// <summary>A file with several names is one that the host may have made of another's, but for where it cannot write.</summary>
    private static bool IsFile(string path, FileStatus status) =>
        status.IsPlainFile || (AreaPath.MayBeShared(path) && status.Kind == FileKind.File);

    private string FullPath(string path) => Path.Combine(_area, path);

    private static TreeAttributes Attributes(FileOwner? user) => user is { } found
        ? new TreeAttributes(
            OwnFile | UnixFileMode.GroupRead,
            OwnDirectory | UnixFileMode.GroupRead | UnixFileMode.GroupExecute,
            FileOwner.Root with { GroupId = found.GroupId })
        : new TreeAttributes(OwnFile, OwnDirectory, Owner: null);

    /// <summary>The system user of the host; null where areas belong to whoever runs Bento.</summary>
    private FileOwner? FindUser()
    {
        if (ownership == AreaOwnership.CurrentUser)
        {
            return null;
        }

        if (SystemUser.Find(host.ToString()) is not { } user)
        {
            throw new TransportException(
                TransportFailure.Denied, $"The server has no system user '{host}', so the area '{_area}' cannot be given to it.")
            {
                Host = host,
                NextStep = AddHostStep.WithAccount(host),
            };
        }

        return HostAccountRule.FindObjection(user, root) is not { } objection
            ? user.Owner
            : throw new TransportException(TransportFailure.Denied, objection.Reason) { Host = host, NextStep = objection.NextStep };
    }

    /// <summary>Throws unless the directory is there and the name is free or taken by what will be replaced.</summary>
    private void RequirePlace(string path, FileKind kind)
    {
        using var directory = AnchoredDirectory.Open(_area, AreaPath.Parent(path))
            ?? throw new SystemCallException(Errno.NoEntry, "write", FullPath(path));
        if (directory.Status(Path.GetFileName(path)) is { } status
            && (status.Kind != kind || (kind == FileKind.File && !IsFile(path, status))))
        {
            throw new ForeignFileException(FullPath(path), status.Description);
        }
    }

    private async Task<bool> CopyAsync(
        string path, long offset, long maxBytes, Stream destination, bool isWhole, CancellationToken cancellationToken)
    {
        using var file =
            await Run(() => PlainFile.OpenRead(_area, path, AreaPath.MayBeShared(path)), cancellationToken).ConfigureAwait(false);
        if (file is null)
        {
            return false;
        }

        await new LocalRead(file, FullPath(path), host).CopyAsync(offset, maxBytes, isWhole, destination, cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>Local files answer at once: the caller's own thread is the cheapest.</summary>
    private Task<T> Run<T>(Func<T> action, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(action());
        }
        catch (Exception exception) when (exception is TransportException or OperationCanceledException)
        {
            return Task.FromException<T>(exception);
        }
        catch (Exception exception) when (AreaFailure.IsFileFailure(exception))
        {
            return Task.FromException<T>(AreaFailure.Translate(exception, host));
        }
    }
}
