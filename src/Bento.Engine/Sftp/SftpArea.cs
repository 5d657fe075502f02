using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Transport;
using Renci.SshNet.Sftp;

namespace Bento.Sftp;

/// <summary>The area of one host on a server.</summary>
internal sealed class SftpArea(SftpConnection connection, Func<CancellationToken, ValueTask<string?>> locate, HostName host) : IArea
{
    private const int BufferBytes = 128 * 1024;
    private const short Closed = 750;

    private readonly SftpTree _tree = new(connection, host);

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var area = await RequireAsync(string.Empty, cancellationToken).ConfigureAwait(false);
        if (await MakeMissingAsync(area, cancellationToken).ConfigureAwait(false))
        {
            // Before anything is in it; all below is closed with it.
            await connection.SetModeAsync(area, Closed, host, cancellationToken).ConfigureAwait(false);
        }

        await MakeMissingAsync(Join(area, AreaPath.Content), cancellationToken).ConfigureAwait(false);
        await MakeMissingAsync(Join(area, AreaPath.Logs), cancellationToken).ConfigureAwait(false);
        await _tree.RemoveTemporariesAsync(area, cancellationToken).ConfigureAwait(false);
        await _tree.RemoveTemporariesAsync(Join(area, AreaPath.Content), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        if (await StatusAsync(string.Empty, cancellationToken).ConfigureAwait(false) is not { } area)
        {
            return [];
        }

        return area switch
        {
            { IsDirectory: false } => [new AreaProblem($"'{area.FullName}' is no directory.", $"Run on the server: {ShellCommand.Text("mv", area.FullName, area.FullName + ".away")}")],
            { GroupCanWrite: true } or { OthersCanWrite: true } =>
                [new AreaProblem($"'{area.FullName}' can be written by its group or by others, so sshd refuses the login of '{host}'.", $"Run on the server: {ShellCommand.Text("chmod", "go-w", area.FullName)}")],
            { OthersCanRead: true } or { OthersCanExecute: true } =>
                [new AreaProblem($"'{area.FullName}' is open to every user of the server.", $"Run on the server: {ShellCommand.Text("chmod", "o=", area.FullName)}")],
            _ => [],
        };
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
        if (await StatusAsync(path, cancellationToken).ConfigureAwait(false) is not { } status)
        {
            return null;
        }

        RequireFile(status);
        return new AreaEntry(status.Name, status.IsRegularFile, status.Attributes.Size, new DateTimeOffset(status.LastWriteTimeUtc, TimeSpan.Zero));
    }

    public async Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (await StatusAsync(path, cancellationToken).ConfigureAwait(false) is not { } status)
        {
            return false;
        }

        RequireFile(status);
        var file = await connection.RunAsync(status.FullName, host, token => connection.OpenAsync(status.FullName, FileMode.Open, FileAccess.Read, token), cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await CopyAsync(file, status.FullName, destination, maxBytes, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            // Nobody waits for the peer to say goodbye to a file that was only read.
            SftpDisposal.Begin(file);
        }
    }

    public async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentNullException.ThrowIfNull(content);
        var target = await RequireAsync(path, cancellationToken).ConfigureAwait(false);
        if (await StatusAsync(path, cancellationToken).ConfigureAwait(false) is { } status)
        {
            RequireFile(status);
        }
        else
        {
            await RequireDirectoryOfAsync(path, cancellationToken).ConfigureAwait(false);
        }

        await new SftpUpload(connection, host).ReplaceAsync(target, content, cancellationToken).ConfigureAwait(false);
    }

    public async Task ReplaceDirectoryAsync(string path, string source, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        ArgumentException.ThrowIfNullOrEmpty(source);
        var target = await RequireAsync(path, cancellationToken).ConfigureAwait(false);
        var current = await StatusAsync(path, cancellationToken).ConfigureAwait(false);
        if (current is { IsDirectory: false })
        {
            throw SftpFailure.Foreign("the server", target, "no directory", host);
        }

        if (current is null)
        {
            await RequireDirectoryOfAsync(path, cancellationToken).ConfigureAwait(false);
        }

        await _tree.ReplaceAsync(source, target, isThere: current is not null, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<AreaEntry> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AreaPath.CheckDirectory(path);
        if (await StatusAsync(path, cancellationToken).ConfigureAwait(false) is not { } directory)
        {
            yield break;
        }

        if (!directory.IsDirectory)
        {
            throw SftpFailure.Foreign("the server", directory.FullName, "no directory", host);
        }

        await foreach (var entry in new SftpListing(connection, directory.FullName, host).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new AreaEntry(entry.Name, entry.IsRegularFile, entry.Attributes.Size, new DateTimeOffset(entry.LastWriteTimeUtc, TimeSpan.Zero));
        }
    }

    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        AreaPath.Check(path);
        if (await StatusAsync(path, cancellationToken).ConfigureAwait(false) is not { } status)
        {
            return false;
        }

        RequireFile(status);
        return await connection.RemoveFileAsync(status.FullName, host, cancellationToken).ConfigureAwait(false);
    }

    private static string Join(string area, string path) => path.Length == 0 ? area : area == "/" ? $"/{path}" : $"{area}/{path}";

    private async Task<ISftpFile?> StatusAsync(string path, CancellationToken cancellationToken) => await locate(cancellationToken).ConfigureAwait(false) is { } area
        ? await connection.StatusAsync(Join(area, path), host, cancellationToken).ConfigureAwait(false)
        : null;

    private async Task<string> RequireAsync(string path, CancellationToken cancellationToken) => await locate(cancellationToken).ConfigureAwait(false) is { } area
        ? Join(area, path)
        : throw new TransportException(TransportFailure.Other, "The directory that should hold the areas is not there.") { Host = host, NextStep = "Create it on the server." };

    /// <summary>A name that is free says nothing about its directory, which could be a link to elsewhere.</summary>
    private async Task RequireDirectoryOfAsync(string path, CancellationToken cancellationToken)
    {
        if (await StatusAsync(AreaPath.Parent(path), cancellationToken).ConfigureAwait(false) is { IsDirectory: false } parent)
        {
            throw SftpFailure.Foreign("the server", parent.FullName, "no directory", host);
        }
    }

    private async Task<bool> MakeMissingAsync(string path, CancellationToken cancellationToken)
    {
        if (await connection.StatusAsync(path, host, cancellationToken).ConfigureAwait(false) is { } status)
        {
            return status.IsDirectory ? false : throw SftpFailure.Foreign("the server", path, "no directory", host);
        }

        return await connection.MakeDirectoryAsync(path, host, cancellationToken).ConfigureAwait(false);
    }

    private void RequireFile(ISftpFile status)
    {
        if (!status.IsRegularFile)
        {
            throw SftpFailure.Foreign("the server", status.FullName, status.IsDirectory ? "a directory" : "a pipe, a socket or a device", host);
        }
    }

    /// <summary>The size that the server states is never believed: a sparse file may claim any, a hostile server too.</summary>
    private async Task CopyAsync(SftpFileStream file, string path, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        using var deadline = connection.Deadline(cancellationToken);
        for (long total = 0; ;)
        {
            var count = await connection.RunAsync(deadline, path, host, token => file.ReadAsync(buffer, token).AsTask(), cancellationToken).ConfigureAwait(false);
            await destination.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, maxBytes - total)), cancellationToken).ConfigureAwait(false);
            total += count;
            if (total > maxBytes)
            {
                throw new TransportException(TransportFailure.TooLarge, $"'{path}' is longer than {maxBytes} bytes.") { Host = host };
            }

            if (count == 0)
            {
                return;
            }
        }
    }
}
