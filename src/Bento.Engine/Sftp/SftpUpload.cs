using System.Security.Cryptography;
using Bento.Files;
using Bento.Hosts;
using Renci.SshNet.Sftp;

namespace Bento.Sftp;

/// <summary>Sends a file under a new name. An interrupted upload leaves what has arrived, so that name is a temporary one and removed on failure.</summary>
internal sealed class SftpUpload(SftpConnection connection, HostName? host)
{
    private const int BufferBytes = 128 * 1024;

    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A name beside <paramref name="path"/> that nobody else has.</summary>
    public static string TemporaryPath(string path) =>
        $"{path[..(path.LastIndexOf('/') + 1)]}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}{DurableFile.TemporarySuffix}";

    /// <summary>Replaces a file in one step, once all of it has arrived.</summary>
    public async Task ReplaceAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var temporary = TemporaryPath(path);
        try
        {
            await CreateAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            await connection.RenameAsync(temporary, path, host, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await TryRemoveAsync(temporary).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a file under a name that must be free.</summary>
    public async Task CreateAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = await connection.RunAsync(path, host, token => connection.OpenAsync(path, FileMode.CreateNew, FileAccess.Write, token), cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await SendAsync(file, path, content, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Closing waits for the peer too.
            SftpDisposal.Begin(file);
            throw;
        }
    }

    private async Task SendAsync(SftpFileStream file, string path, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        using var deadline = connection.Deadline(cancellationToken);
        while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count && count > 0)
        {
            await connection.RunAsync(deadline, path, host, token => WriteAsync(file, buffer.AsMemory(0, count), token), cancellationToken).ConfigureAwait(false);
        }

        // The last bytes and their failure come with closing.
        await connection.RunAsync(deadline, path, host, token => CloseAsync(file, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> WriteAsync(SftpFileStream file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> CloseAsync(SftpFileStream file, CancellationToken cancellationToken)
    {
        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>On a broken connection the next publisher removes it.</summary>
    private async Task TryRemoveAsync(string path)
    {
        using var patience = new CancellationTokenSource(CleanUpTimeout, TimeProvider.System);
        try
        {
            await connection.RemoveFileAsync(path, host, patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or Bento.Transport.TransportException)
        {
            // The first failure is the one to tell.
        }
    }
}
