using Bento.Hosts;
using Bento.Transport;
using Renci.SshNet.Sftp;

namespace Bento.Sftp;

/// <summary>Sends and removes whole directories.</summary>
internal sealed class SftpTree(SftpConnection connection, HostName? host)
{
    private const int ParallelUploads = 8;
    private const short Executable = 750;

    /// <summary>
    /// Sends a directory under a new name, some files at a time. SSH.NET resolves the target of a link before it sends it, so no link arrives as it was: one that leads to a file of
    /// the same directory tree arrives as a copy of the file, any other is left out.
    /// </summary>
    public async Task SendAsync(string source, string target, CancellationToken cancellationToken)
    {
        var files = new List<(string Source, string Target)>();
        await MakeDirectoriesAsync(new DirectoryInfo(source), target, files, Path.GetFullPath(source) + "/", cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads, CancellationToken = cancellationToken },
            async (file, token) => await SendFileAsync(file.Source, file.Target, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Removes a directory with all that is in it; links are removed, never what they lead to.</summary>
    public async Task RemoveAsync(string path, CancellationToken cancellationToken)
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
            if (Bento.Files.DurableFile.IsTemporary(entry.Name))
            {
                await RemoveEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            }
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
        if (!Bento.Files.FileStatus.ReadTarget(source)!.Value.Kind.Equals(Bento.Files.FileKind.File))
        {
            throw new TransportException(TransportFailure.Foreign, $"'{source}' is no file, so it cannot be published.") { Host = host };
        }

        var content = File.OpenRead(source);
        await using (content.ConfigureAwait(false))
        {
            await new SftpUpload(connection, host).CreateAsync(target, content, cancellationToken).ConfigureAwait(false);
        }

        if (Bento.Files.FileStatus.ReadTarget(source) is { } status && ((int)status.Mode & 0b001_000_000) != 0)
        {
            await connection.SetModeAsync(target, Executable, host, cancellationToken).ConfigureAwait(false);
        }
    }
}
