using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>
/// A file that only one publisher can create, rewritten while it is held. SFTP has no lock that ends with its holder: a file that nobody
/// has rewritten for
/// <see cref="SftpDefaults.LockLease"/>, by the clock of the server alone, is taken over.
/// </summary>
internal sealed class SftpLock : IAsyncDisposable
{
    private const int LongestBytes = 4096;

    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    private readonly SftpConnection _connection;
    private readonly string _path;
    private readonly byte[] _content;
    private readonly CancellationTokenSource _released = new();
    private readonly Task _refreshing;
    private int _isFreed;

    private SftpLock(SftpConnection connection, string path, byte[] content, TimeSpan interval, TimeProvider timeProvider)
    {
        _connection = connection;
        _path = path;
        _content = content;
        _refreshing = RefreshAsync(interval, timeProvider);
    }

    public static async Task<IAsyncDisposable> AcquireAsync(
        SftpConnection connection,
        string directory,
        string holder,
        TimeSpan interval,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var path = $"{directory}/{AreaPath.LockFile}";

        // The second line tells two publishers apart that call themselves the same.
        var content = Encoding.UTF8.GetBytes($"{holder}\n{RandomNumberGenerator.GetHexString(32, lowercase: true)}\n");
        if (!await TryCreateAsync(connection, path, content, cancellationToken).ConfigureAwait(false))
        {
            await TakeOverAsync(connection, directory, path, content, cancellationToken).ConfigureAwait(false);
        }

        return new SftpLock(connection, path, content, interval, timeProvider);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isFreed, 1) != 0)
        {
            return;
        }

        await _released.CancelAsync().ConfigureAwait(false);
        await _refreshing.ConfigureAwait(false);
        using var patience = new CancellationTokenSource(ReleaseTimeout, TimeProvider.System);
        try
        {
            if (await IsOursAsync(patience.Token).ConfigureAwait(false))
            {
                await RemoveAsync(_connection, _path, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is TransportException or OperationCanceledException)
        {
            // The server is away: the lease ends by itself.
        }

        _released.Dispose();
    }

    /// <summary>
    /// Takes the lock of a publisher that died, or says who is alive. A second file lets one taker at a time look and act.
    /// </summary>
    private static async Task TakeOverAsync(
        SftpConnection connection, string directory, string path, byte[] content, CancellationToken cancellationToken)
    {
        await ThrowUnlessStaleAsync(connection, directory, path, cancellationToken).ConfigureAwait(false);
        var taking = $"{path}-takeover";
        if (!await TryCreateAsync(connection, taking, content, cancellationToken).ConfigureAwait(false))
        {
            // Whoever takes over needs seconds; one that died in them must not block the lock for ever.
            await ThrowUnlessStaleAsync(connection, directory, taking, cancellationToken).ConfigureAwait(false);
            await RemoveAsync(connection, taking, cancellationToken).ConfigureAwait(false);
            throw new PublishLockedException("a publisher that died while it took over the lock");
        }

        try
        {
            await ThrowUnlessStaleAsync(connection, directory, path, cancellationToken).ConfigureAwait(false);
            await RemoveAsync(connection, path, cancellationToken).ConfigureAwait(false);
            if (!await TryCreateAsync(connection, path, content, cancellationToken).ConfigureAwait(false))
            {
                throw new PublishLockedException(await HolderAsync(connection, path, cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            await RemoveAsync(connection, taking, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Compares two times of the server's own clock: that of the lock and that of a file written now.</summary>
    private static async Task ThrowUnlessStaleAsync(
        SftpConnection connection, string directory, string path, CancellationToken cancellationToken)
    {
        var probe = SftpUpload.TemporaryPath($"{directory}/x");
        await SftpUpload.CreateAsync(connection, probe, [0], cancellationToken).ConfigureAwait(false);
        try
        {
            var now = (await LookAsync(connection, probe, cancellationToken).ConfigureAwait(false))?.ModifiedAt;
            if (await LookAsync(connection, path, cancellationToken).ConfigureAwait(false) is { } found
                && !(now - found.ModifiedAt > SftpDefaults.LockLease))
            {
                throw new PublishLockedException(await HolderAsync(connection, path, cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            await RemoveAsync(connection, probe, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<bool> TryCreateAsync(
        SftpConnection connection, string path, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await SftpUpload.CreateAsync(connection, path, content, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TransportException exception) when (exception.Failure == TransportFailure.Other)
        {
            // SFTP has no word for "exists": it is there, or the failure is another one.
            if (await LookAsync(connection, path, cancellationToken).ConfigureAwait(false) is null)
            {
                throw;
            }

            return false;
        }
    }

    private static async Task<string> HolderAsync(SftpConnection connection, string path, CancellationToken cancellationToken)
    {
        var isFile = await LookAsync(connection, path, cancellationToken).ConfigureAwait(false) is { IsRegularFile: true };
        var content = isFile
            ? Encoding.UTF8.GetString(await ReadAsync(connection, path, cancellationToken).ConfigureAwait(false))
            : string.Empty;
        var holder = LockHolder.Clean(content.Split('\n')[0]);
        return holder.Length > 0 ? holder : "somebody who has not yet said who";
    }

    private static Task<SftpAttributes?> LookAsync(SftpConnection connection, string path, CancellationToken cancellationToken) =>
        connection.AnswerAsync(connection.Files.LookAsync(path), path, null, cancellationToken);

    private static Task<bool> RemoveAsync(SftpConnection connection, string path, CancellationToken cancellationToken) =>
        connection.AnswerAsync(connection.Files.RemoveAsync(path), path, null, cancellationToken);

    private static async Task<byte[]> ReadAsync(SftpConnection connection, string path, CancellationToken cancellationToken)
    {
        var handle = await connection.AnswerAsync(
            connection.Files.OpenAsync(path, SftpOpenFlags.Read), path, null, cancellationToken).ConfigureAwait(false);
        var reading = connection.Files.ReadAsync(handle, 0, LongestBytes);
        _ = connection.Files.CloseAsync(handle);
        return (await connection.AnswerAsync(reading, path, null, cancellationToken).ConfigureAwait(false))?.ToArray() ?? [];
    }

    private async Task RefreshAsync(TimeSpan interval, TimeProvider timeProvider)
    {
        using var timer = new PeriodicTimer(interval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_released.Token).ConfigureAwait(false) && await RewriteAsync().ConfigureAwait(false))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
    }

    /// <summary>Writes the same bytes over themselves, so that readers see them whole; false when another publisher has the lock.</summary>
    private async Task<bool> RewriteAsync()
    {
        try
        {
            return await IsOursAsync(_released.Token).ConfigureAwait(false) && await OverwriteAsync(_released.Token).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // The server may be back before the lease ends.
            return true;
        }
    }

    private async Task<bool> OverwriteAsync(CancellationToken cancellationToken)
    {
        var handle = await _connection.AnswerAsync(
            _connection.Files.OpenAsync(_path, SftpOpenFlags.Write), _path, null, cancellationToken).ConfigureAwait(false);
        var writing = _connection.Files.WriteAsync(handle, 0, _content);
        _ = _connection.Files.CloseAsync(handle);
        await _connection.AnswerAsync(writing, _path, null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(_connection, _path, cancellationToken).ConfigureAwait(false)).AsSpan().SequenceEqual(_content);
        }
        catch (TransportException exception) when (exception.InnerException is SftpStatusException { Code: StatusCode.NoSuchFile })
        {
            return false;
        }
    }
}
