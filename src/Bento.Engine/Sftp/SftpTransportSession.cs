using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>A connection, used by many calls at once.</summary>
internal sealed class SftpTransportSession(SftpConnection connection, SftpOptions options, TimeProvider timeProvider) : ITransportSession
{
    /// <summary>
    /// Where the areas lie; a link on the way to it is the administrator's, and is followed. Null where the login sees one area only.
    /// </summary>
    private readonly string? _directory = options.Directory is { } directory && directory.TrimEnd('/') is var plain
        ? plain.Length == 0 ? "/" : plain
        : null;

    public IArea OpenArea(HostName host) => _directory is null
        ? new SftpArea(connection, SftpPath.Here, isOwn: true, host)
        : new SftpArea(connection, SftpPath.Join(_directory, host.ToString()), isOwn: false, host);

    public async Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hosts = new List<HostName>();
        if (_directory is null)
        {
            return hosts;
        }

        await foreach (var (name, attributes) in new SftpListing(connection, _directory, null).ReadAsync(
            cancellationToken).ConfigureAwait(false))
        {
            if (attributes.IsDirectory && HostName.TryParse(name, out var host))
            {
                hosts.Add(host);
            }
        }

        hosts.Sort();
        return hosts;
    }

    public async Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        cancellationToken.ThrowIfCancellationRequested();
        if (_directory is null)
        {
            throw new TransportException(
                TransportFailure.Denied, $"The login '{options.User}' sees one area only, so it cannot keep other publishers out.")
            {
                NextStep = "Set server.directory to the directory that holds the areas.",
            };
        }

        try
        {
            return await SftpLock.AcquireAsync(
                connection,
                _directory,
                LockHolder.Clean(holder),
                options.LockRefreshInterval,
                timeProvider,
                cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.InnerException is SftpStatusException { Code: StatusCode.NoSuchFile })
        {
            throw connection.NoDirectory(exception, null);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
