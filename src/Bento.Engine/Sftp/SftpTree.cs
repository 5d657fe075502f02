using Bento.Files;
using Bento.Hosts;
using Bento.Transport;
using Renci.SshNet.Sftp;

namespace Bento.Sftp;

/// <summary>Sends and removes whole directories.</summary>
internal sealed class SftpTree(SftpConnection connection, HostName? host)
{
    private const int ParallelUploads = 8;
    private const short Executable = 750;

    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Puts a copy of a local directory in place of one on the server by two renames: SFTP cannot swap.</summary>
    public async Task ReplaceAsync(string source, string target, bool isThere, CancellationToken cancellationToken)
    {
        var sent = SftpUpload.TemporaryPath(target);
        var old = SftpUpload.TemporaryPath(target);
        try
        {
            await SendAsync(source, sent, cancellationToken).ConfigureAwait(false);
            if (isThere)
            {
                await connection.RenameAsync(target, old, host, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await TryAsync(token => RemoveAsync(sent, token)).ConfigureAwait(false);
            throw;
        }

        try
        {
            // Not to be given up between the two.
            await connection.RenameAsync(sent, target, host, CancellationToken.None).ConfigureAwait(false);
        }
        catch when (isThere)
        {
            await TryAsync(token => connection.RenameAsync(old, target, host, token)).ConfigureAwait(false);
            throw;
        }

        if (isThere)
        {
            await TryAsync(token => RemoveAsync(old, token)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sends a directory under a new name, some files at a time. SSH.NET resolves the target of a link before it sends it, so no link arrives as it was: one that leads to a file of
    /// the same directory tree arrives as a copy of the file, any other is left out.
    /// </summary>
    private async Task SendAsync(string source, string target, CancellationToken cancellationToken)
    {
        var files = new List<(string Source, string Target)>();
        await MakeDirectoriesAsync(new DirectoryInfo(source), target, files, Path.GetFullPath(source) + "/", cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads, CancellationToken = cancellationToken },
            async (file, token) => await SendFileAsync(file.Source, file.Target, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Removes a directory with all that is in it; links are removed, never what they lead to.</summary>
    private async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        await foreach (var entry in new SftpListing(connection, path, host).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await RemoveEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        await connection.RemoveEmptyDirectoryAsync(path, host, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what killed publishers left in a directory.</summary>
    public async Task RemoveTemporariesAsync(string path, CancellationToken cancellationToken)
    {
        await foreach (var entry in new SftpListing(connection, path, host).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (DurableFile.IsTemporary(entry.Name))
            {
                await TryAsync(token => RemoveEntryAsync(entry, token)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Cleans up. What cannot be removed waits for the next publisher: it stands in nobody's way, and the first failure is the one to tell.</summary>
    private static async Task TryAsync(Func<CancellationToken, Task> cleanUp)
    {
        using var patience = new CancellationTokenSource(CleanUpTimeout, TimeProvider.System);
        try
        {
            await cleanUp(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TransportException)
        {
            // See above.
        }
    }

    private async Task RemoveEntryAsync(ISftpFile entry, CancellationToken cancellationToken)
    {
        if (entry.IsDirectory)
        {
            await RemoveAsync(entry.FullName, cancellationToken).ConfigureAwait(false);
            return;
        }

        // By the entry: the client would ask the server to resolve the path, and remove what a link leads to.
        await connection.RunAsync(
            entry.FullName,
            host,
            async token =>
            {
                await entry.DeleteAsync(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task MakeDirectoriesAsync(
        DirectoryInfo source, string target, List<(string Source, string Target)> files, string root, CancellationToken cancellationToken)
    {
        await connection.MakeDirectoryAsync(target, host, cancellationToken).ConfigureAwait(false);
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            var copy = $"{target}/{entry.Name}";
            if (entry.LinkTarget is not null)
            {
                if (entry.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } file && file.FullName.StartsWith(root, StringComparison.Ordinal))
                {
                    files.Add((file.FullName, copy));
                }
            }
            else if (entry is DirectoryInfo directory)
            {
                await MakeDirectoriesAsync(directory, copy, files, root, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                files.Add((entry.FullName, copy));
            }
        }
    }

    private async Task SendFileAsync(string source, string target, CancellationToken cancellationToken)
    {
        if (FileStatus.ReadTarget(source) is not { Kind: FileKind.File } status)
        {
            throw new TransportException(TransportFailure.Foreign, $"'{source}' is no file, so it cannot be published.") { Host = host };
        }

        var content = File.OpenRead(source);
        await using (content.ConfigureAwait(false))
        {
            await new SftpUpload(connection, host).CreateAsync(target, content, cancellationToken).ConfigureAwait(false);
        }

        if (status.Mode.HasFlag(UnixFileMode.UserExecute))
        {
            await connection.SetModeAsync(target, Executable, host, cancellationToken).ConfigureAwait(false);
        }
    }
}
