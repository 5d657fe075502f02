using Bento.Hosts;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace Bento.Sftp;

/// <summary>
/// Single requests, each with a deadline and its failure translated. SSH.NET asks the server to resolve every path before it uses it, so a name that is a link would act on what it leads to:
/// whoever uses a path that others may write looks at it first, by <see cref="StatusAsync"/>.
/// </summary>
internal sealed class SftpConnection(SftpClient client, SftpOptions options, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>Where the login landed, links resolved.</summary>
    public string WorkingDirectory => client.WorkingDirectory;

    private string Server => $"{options.Host}:{options.Port}";

    /// <summary>Looks at a path whose directory is canonical: null when nothing is there, foreign when a link is there or on the way.</summary>
    public Task<ISftpFile?> StatusAsync(string path, HostName? host, CancellationToken cancellationToken) => RunAsync(
        path,
        host,
        async token =>
        {
            var found = await TryGetAsync(path, token).ConfigureAwait(false);
            return found is null || found.FullName == path ? found : throw SftpFailure.Foreign(Server, path, "a symbolic link", host);
        },
        cancellationToken);

    /// <summary>What a trusted path leads to, links resolved; null when nothing is there.</summary>
    public Task<string?> CanonicalAsync(string path, CancellationToken cancellationToken) =>
        RunAsync(path, null, async token => (await TryGetAsync(path, token).ConfigureAwait(false))?.FullName, cancellationToken);

    /// <summary>Runs one request.</summary>
    public async Task<T> RunAsync<T>(string path, HostName? host, Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        using var deadline = Deadline(cancellationToken);
        return await RunAsync(deadline, path, host, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs one of many requests that share a deadline.</summary>
    public async Task<T> RunAsync<T>(
        StallDeadline deadline, string path, HostName? host, Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await deadline.Run(request).ConfigureAwait(false);
        }
        catch (Exception exception) when (SftpFailure.IsExpected(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw await SftpFailure.TranslateAsync(exception, client, Server, path, host, options).ConfigureAwait(false);
        }
    }

    public StallDeadline Deadline(CancellationToken cancellationToken) => new(options.OperationTimeout, timeProvider, cancellationToken);

    public Task<SftpFileStream> OpenAsync(string path, FileMode mode, FileAccess access, CancellationToken cancellationToken) =>
        client.OpenAsync(path, mode, access, cancellationToken);

    public IAsyncEnumerable<ISftpFile> ListAsync(string path, CancellationToken cancellationToken) => client.ListDirectoryAsync(path, cancellationToken);

    /// <summary>Renames as rename(2) does: replaces in one step. SSH.NET has it only as a blocking call.</summary>
    public Task<bool> RenameAsync(string from, string to, HostName? host, CancellationToken cancellationToken) => RunAsync(
        to,
        host,
        token => Task.Run(
            () =>
            {
                client.RenameFile(from, to, isPosix: true);
                return true;
            },
            token),
        cancellationToken);

    public Task<bool> MakeDirectoryAsync(string path, HostName? host, CancellationToken cancellationToken) => RunAsync(
        path,
        host,
        async token =>
        {
            await client.CreateDirectoryAsync(path, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Sets a mode, as octal digits: 750.</summary>
    public Task<bool> SetModeAsync(string path, short digits, HostName? host, CancellationToken cancellationToken) => RunAsync(
        path,
        host,
        token => Task.Run(
            () =>
            {
                client.ChangePermissions(path, digits);
                return true;
            },
            token),
        cancellationToken);

    /// <summary>Removes a file that is known to be no link; false when there is none.</summary>
    public Task<bool> RemoveFileAsync(string path, HostName? host, CancellationToken cancellationToken) => RunAsync(
        path,
        host,
        async token =>
        {
            try
            {
                await client.DeleteFileAsync(path, token).ConfigureAwait(false);
                return true;
            }
            catch (SftpPathNotFoundException)
            {
                return false;
            }
        },
        cancellationToken);

    public Task<bool> RemoveEmptyDirectoryAsync(string path, HostName? host, CancellationToken cancellationToken) => RunAsync(
        path,
        host,
        async token =>
        {
            await client.DeleteDirectoryAsync(path, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => SftpDisposal.WaitAsync(client, timeProvider);

    private async Task<ISftpFile?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }
}
