using System.Diagnostics;
using System.Security.Cryptography;
using Bento.Files;
using Bento.Sftp.Wire;
using Bento.Telemetry;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>A file on its way: under a temporary name until it is whole and, where the server can, durable.</summary>
internal sealed class SftpUpload : IStagedFile
{
    private const int Ahead = 64;

    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(5);

    private readonly SftpConnection _connection;
    private readonly string _path;
    private readonly HostName? _host;
    private readonly Task<byte[]> _opening;
    private bool _isThere = true;

    /// <summary>Begins to send a file that will replace another one; nothing is waited for.</summary>
    public SftpUpload(SftpConnection connection, string path, HostName? host)
        : this(connection, TemporaryPath(path), path, host)
    {
    }

    private SftpUpload(SftpConnection connection, string temporary, string path, HostName? host)
    {
        (_connection, Temporary, _path, _host) = (connection, temporary, path, host);
        _opening = connection.Files.OpenAsync(temporary, SftpOpenFlags.Write | SftpOpenFlags.Create | SftpOpenFlags.Exclusive);
    }

    private string Temporary { get; }

    /// <summary>A name beside <paramref name="path"/> that nobody else has.</summary>
    public static string TemporaryPath(string path) =>
        $"{path[..(path.LastIndexOf('/') + 1)]}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}{DurableFile.TemporarySuffix}";

    /// <summary>Sends a small file under a name that must be free.</summary>
    public static async Task CreateAsync(SftpConnection connection, string path, byte[] content, CancellationToken cancellationToken)
    {
        var file = new SftpUpload(connection, path, path, null);
        try
        {
            await file.SendAsync(new MemoryStream(content), cancellationToken).ConfigureAwait(false);
        }
        catch when (file._opening.IsCompletedSuccessfully)
        {
            // It has the name now, and not its content.
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends the content, many pieces at once.</summary>
    public async Task SendAsync(Stream content, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Upload, ActivityKind.Client);
        _ = activity?.SetTag(TagNames.Path, _path).SetTag(TagNames.Host, _host?.ToString());
        try
        {
            await WriteAsync(content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    private async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        var handle = await _connection.AnswerAsync(_opening, _path, _host, cancellationToken).ConfigureAwait(false);
        var pieces = new Queue<Task>();
        try
        {
            var buffer = new byte[SftpRequests.ChunkBytes];
            for (long offset = 0; await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count
                and > 0; offset += count)
            {
                if (pieces.Count == Ahead)
                {
                    await AnswerAsync(pieces.Dequeue(), cancellationToken).ConfigureAwait(false);
                }

                pieces.Enqueue(_connection.Files.WriteAsync(handle, offset, buffer.AsSpan(0, count)));
                Instruments.Sent(count);
            }
        }
        catch
        {
            _ = _connection.Files.CloseAsync(handle);
            throw;
        }

        var syncing = _connection.Files.SyncAsync(handle);
        pieces.Enqueue(_connection.Files.CloseAsync(handle));
        foreach (var piece in pieces)
        {
            await AnswerAsync(piece, cancellationToken).ConfigureAwait(false);
        }

        await SyncedAsync(syncing, cancellationToken).ConfigureAwait(false);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync(_connection.Files.ReplaceAsync(Temporary, _path), cancellationToken).ConfigureAwait(false);
        _isThere = false;
    }

    /// <summary>Removes what did not get its name. On a broken connection the next publisher does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isThere)
        {
            return;
        }

        _isThere = false;
        using var patience = new CancellationTokenSource(CleanUpTimeout, TimeProvider.System);
        Task removing = _connection.Files.RemoveAsync(Temporary);
        await removing.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task AnswerAsync(Task request, CancellationToken cancellationToken) =>
        _connection.AnswerAsync(request, _path, _host, cancellationToken);

    /// <summary>
    /// A server that does not know the request, or keeps hosts from it, promises nothing; one that tried and failed has not kept the file.
    /// </summary>
    private async Task SyncedAsync(Task syncing, CancellationToken cancellationToken)
    {
        try
        {
            await AnswerAsync(syncing, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception)
            when (exception.InnerException is SftpStatusException { Code: StatusCode.Unsupported or StatusCode.PermissionDenied })
        {
            // As said above.
        }
    }
}
