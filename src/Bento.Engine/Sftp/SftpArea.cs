using System.Runtime.CompilerServices;
using Bento.Files;
using Bento.Protocol;
using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>
/// The area of one host on a server. Requests that do not depend on each other's answers go out together. A path is looked at before it is
/// used, each directory on the way to it too:
/// what the host may have put there is never followed, and nothing but a regular file is opened.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="root">Where the area lies.</param>
/// <param name="isOwn">Whether the login sees this area only: then nobody but the server could have put something else in its
/// place.</param>
/// <param name="host">Whose it is.</param>
internal sealed class SftpArea(SftpConnection connection, string root, bool isOwn, HostName host)
    : IArea, IStagingArea, IRangedArea
{
    private const UnixFileMode Closed = UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute;

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] directories = [root, FullPath(AreaPath.Content), FullPath(AreaPath.Logs)];
        var looks = directories.Select(connection.Files.LookAsync).ToList();
        SftpListing[] listings = [new(connection, directories[0], host), new(connection, directories[1], host)];
        for (var number = 0; number < directories.Length; number++)
        {
            var found = await connection.AnswerAsync(looks[number], directories[number], host, cancellationToken).ConfigureAwait(false);
            await EnsureDirectoryAsync(directories[number], found, number == 0 ? Closed : null, cancellationToken).ConfigureAwait(false);
        }

        // A publisher that was killed left them. Not in logs/: there the host is at work.
        await Task.WhenAll(directories.Zip(listings, (directory, listing) => RemoveTemporariesAsync(directory, listing, cancellationToken)))
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = await connection.AnswerAsync(connection.Files.LookAsync(root), root, host, cancellationToken).ConfigureAwait(false);
        return found is { } area ? AreaPermissions.Check(root, host, area) : [];
    }

    public async Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        using var content = new MemoryStream();
        return await CopyToAsync(path, content, maxBytes, cancellationToken).ConfigureAwait(false) ? content.ToArray() : null;
    }

    public async Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        return await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } found
            ? Entry(path[(path.LastIndexOf('/') + 1)..], RequireFile(path, found))
            : null;
    }

    public async Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        return await ReadAsync(
            path,
            (download, handle, length) => download.CopyAsync(handle, length, destination, maxBytes, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> CopyRangeToAsync(string path, long offset, long count, Stream destination, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return ReadAsync(
            path,
            (download, handle, length) => download.CopyRangeAsync(
                handle, offset, long.Min(length, offset + count), destination, cancellationToken),
            cancellationToken);
    }

    public async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = await StageAsync(path, content, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IStagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(content);
        var look = FindAsync(path, cancellationToken);
        var file = new SftpUpload(connection, FullPath(path), host);
        try
        {
            if (await look.ConfigureAwait(false) is { } found)
            {
                RequireFile(path, found);
            }

            await file.SendAsync(content, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        await EnsureDirectoryAsync(
            FullPath(path), await FindAsync(path, cancellationToken).ConfigureAwait(false), null, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return false;
        }

        if (!found.IsDirectory)
        {
            throw connection.Foreign(FullPath(path), found.Description, host);
        }

        // Out of the way in one step; what is left of it when this ends in the middle, the next publisher removes.
        var away = SftpUpload.TemporaryPath(FullPath(path));
        await connection.AnswerAsync(
            connection.Files.ReplaceAsync(FullPath(path), away), FullPath(path), host, cancellationToken).ConfigureAwait(false);
        await new SftpRemoval(connection, host).RemoveAsync(away, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async IAsyncEnumerable<AreaEntry> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AreaPath.CheckDirectory(path);
        var look = FindAsync(path, cancellationToken);
        var listing = new SftpListing(connection, FullPath(path), host);
        if (await look.ConfigureAwait(false) is { IsDirectory: false } found)
        {
            throw connection.Foreign(FullPath(path), found.Description, host);
        }

        await foreach (var (name, attributes) in listing.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return Entry(name, attributes);
        }
    }

    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return false;
        }

        RequireFile(path, found);
        return await AnswerAsync(connection.Files.RemoveAsync(FullPath(path)), path, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ReadAsync(
        string path, Func<SftpDownload, byte[], long, Task> copy, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return false;
        }

        var length = RequireFile(path, found).Length;
        var handle = await AnswerAsync(
            connection.Files.OpenAsync(FullPath(path), SftpOpenFlags.Read), path, cancellationToken).ConfigureAwait(false);
        try
        {
            await copy(new SftpDownload(connection, FullPath(path), host), handle, length).ConfigureAwait(false);
            return true;
        }
        finally
        {
            // Nobody waits for the answer to this: the file was only read.
            _ = connection.Files.CloseAsync(handle);
        }
    }

    private static AreaEntry Entry(string name, SftpAttributes attributes) =>
        new(name, attributes.IsRegularFile, attributes.Length, attributes.ModifiedAt);

    private string FullPath(string path) => SftpPath.Join(root, path);

    private Task<T> AnswerAsync<T>(Task<T> request, string path, CancellationToken cancellationToken) =>
        connection.AnswerAsync(request, FullPath(path), host, cancellationToken);

    /// <summary>Looks at a path, and at each directory on the way to it. All requests are on their way when this returns.</summary>
    /// <exception cref="TransportException">One of them is a link.</exception>
    private async Task<SftpAttributes?> FindAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IEnumerable<string> paths = [.. isOwn ? Array.Empty<string>() : [root], .. SftpPath.Between(root, path), FullPath(path)];
        SftpAttributes? found = null;
        foreach (var (each, look) in paths.Distinct().Select(each => (each, connection.Files.LookAsync(each))).ToList())
        {
            found = await connection.AnswerAsync(look, each, host, cancellationToken).ConfigureAwait(false);
            if (found is { IsLink: true } link)
            {
                throw connection.Foreign(each, link.Description, host);
            }
        }

        return found;
    }

    private SftpAttributes RequireFile(string path, SftpAttributes found) =>
        found.IsRegularFile ? found : throw connection.Foreign(FullPath(path), found.Description, host);

    private async Task EnsureDirectoryAsync(string path, SftpAttributes? found, UnixFileMode? mode, CancellationToken cancellationToken)
    {
        if (found is { IsDirectory: false } other)
        {
            throw connection.Foreign(path, other.Description, host);
        }

        if (found is null)
        {
            // The mask of the login may have closed less of it than was asked for: before anything is in it, it is closed, and all below
            // with it.
            var made = connection.Files.MakeDirectoryAsync(path, mode);
            var closed = mode is { } bits ? connection.Files.SetModeAsync(path, bits) : Task.CompletedTask;
            try
            {
                await connection.AnswerAsync(made, path, host, cancellationToken).ConfigureAwait(false);
                await connection.AnswerAsync(closed, path, host, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException exception)
                when (path == root && exception.InnerException is SftpStatusException { Code: StatusCode.NoSuchFile })
            {
                throw connection.NoDirectory(exception, host);
            }
        }
    }

    private async Task RemoveTemporariesAsync(string directory, SftpListing listing, CancellationToken cancellationToken)
    {
        await foreach (var (name, attributes) in listing.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (DurableFile.IsTemporary(name))
            {
                await TryRemoveAsync(SftpPath.Join(directory, name), attributes, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What cannot be removed stands in nobody's way, and the doctor names it.</summary>
    private async Task TryRemoveAsync(string path, SftpAttributes attributes, CancellationToken cancellationToken)
    {
        try
        {
            await new SftpRemoval(connection, host).RemoveAsync(path, attributes, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.Failure is not (TransportFailure.Unreachable or TransportFailure.Stalled))
        {
            // As said above.
        }
    }
}
