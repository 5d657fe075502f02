using System.Diagnostics;
using Bento.Sftp.Wire;
using Bento.Telemetry;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>
/// Reads an open file to its end, or a part of it, many pieces at once. The size that the server states decides how far it reads ahead, and
/// nothing else: it may be old, or a lie.
/// </summary>
internal sealed class SftpDownload(SftpConnection connection, string path, HostName? host)
{
    private const int Ahead = 96;

    /// <summary>How many answers may carry less than <see cref="CrumbBytes"/>: each is in time, and all of them take for ever.</summary>
    private const int MaxCrumbs = 64;
    private const int CrumbBytes = 512;

    private readonly LinkedList<Piece> _pieces = new();

    /// <param name="handle">The file.</param>
    /// <param name="statedBytes">How long it is, says the server.</param>
    /// <param name="destination">Gets its bytes.</param>
    /// <param name="maxBytes">The most that is taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">It is longer, or the connection ended.</exception>
    public Task CopyAsync(byte[] handle, long statedBytes, Stream destination, long maxBytes, CancellationToken cancellationToken) =>
        CopyAsync(handle, 0, long.Min(statedBytes, maxBytes), isWhole: true, destination, maxBytes, cancellationToken);

    /// <summary>Copies a part: what stands behind it is not asked for.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends, or the file as the server states it.</param>
    /// <param name="destination">Gets its bytes; fewer where the file is shorter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">The connection ended.</exception>
    public Task CopyRangeAsync(byte[] handle, long start, long end, Stream destination, CancellationToken cancellationToken) =>
        start < end
            ? CopyAsync(handle, start, end, isWhole: false, destination, end - start, cancellationToken)
            : Task.CompletedTask;

    private async Task CopyAsync(
        byte[] handle, long start, long planned, bool isWhole, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Download, ActivityKind.Client);
        _ = activity?.SetTag(TagNames.Path, path).SetTag(TagNames.Host, host?.ToString());
        try
        {
            await ReadAsync(handle, start, planned, isWhole, destination, maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    private async Task ReadAsync(
        byte[] handle, long start, long planned, bool isWhole, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        var (next, isLooking, crumbs) = (start, !isWhole, 0);
        for (long total = 0; isWhole || total < maxBytes;)
        {
            for (; _pieces.Count < Ahead && next < planned; next += _pieces.Last!.Value.Count)
            {
                _pieces.AddLast(Ask(handle, next, (int)long.Min(SftpRequests.ChunkBytes, planned - next)));
            }

            if (next >= planned && !isLooking)
            {
                // Whether that is the end; behind it one piece at a time.
                _pieces.AddLast(Ask(handle, next, SftpRequests.ChunkBytes));
                isLooking = true;
            }

            var piece = _pieces.First!.Value;
            _pieces.RemoveFirst();
            if (await connection.AnswerAsync(piece.Answer, path, host, cancellationToken).ConfigureAwait(false) is not { } data)
            {
                return;
            }

            Instruments.Received(data.Length);
            if (data.Length < int.Min(piece.Count, CrumbBytes) && ++crumbs > MaxCrumbs)
            {
                throw new TransportException(TransportFailure.Stalled, $"The server {connection.Server} sends '{path}' in crumbs.")
                {
                    Host = host,
                };
            }

            if (piece.Offset >= planned)
            {
                (next, isLooking) = (piece.Offset + data.Length, false);
            }
            else if (data.Length < piece.Count)
            {
                // Less than was asked for need not be the end.
                _pieces.AddFirst(Ask(handle, piece.Offset + data.Length, piece.Count - data.Length));
            }

            await destination.WriteAsync(data[..(int)long.Min(data.Length, maxBytes - total)], cancellationToken).ConfigureAwait(false);
            connection.Files.Recycle(data);
            total += data.Length;
            if (total > maxBytes)
            {
                throw new TransportException(TransportFailure.TooLarge, $"'{path}' on {connection.Server} is longer than {maxBytes} bytes.")
                {
                    Host = host,
                };
            }
        }
    }

    private Piece Ask(byte[] handle, long offset, int count) => new(offset, count, connection.Files.ReadAsync(handle, offset, count));

    private readonly record struct Piece(long Offset, int Count, Task<ReadOnlyMemory<byte>?> Answer);
}
