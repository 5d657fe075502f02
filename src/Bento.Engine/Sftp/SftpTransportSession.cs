using Bento.Hosts;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>A connection, used by many calls at once.</summary>
internal sealed class SftpTransportSession(SftpConnection connection, SftpOptions options, TimeProvider timeProvider) : ITransportSession
{
    private string? _directory;

    public IArea OpenArea(HostName host) => new SftpArea(connection, token => AreaAsync(host, token), host);

    public async Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken)
    {
        if (options.Directory is null || await DirectoryAsync(cancellationToken).ConfigureAwait(false) is not { } directory)
        {
            return [];
        }

        var hosts = new List<HostName>();
        await foreach (var entry in new SftpListing(connection, directory, null).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsDirectory && HostName.TryParse(entry.Name, out var host))
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
        if (options.Directory is null)
        {
            throw new TransportException(TransportFailure.Denied, $"The login '{options.User}' sees one area only, so it cannot keep other publishers out.")
            {
                NextStep = "Set server.directory to the directory that holds the areas.",
            };
        }

        var directory = await DirectoryAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new TransportException(TransportFailure.Other, $"There is no directory '{options.Directory}' on {options.Host}.")
            {
                NextStep = $"Create it on the server: mkdir -p {options.Directory}",
            };
        return await SftpLock.AcquireAsync(connection, directory, LockHolder.Clean(holder), options.LockRefreshInterval, timeProvider, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>The path of an area, canonical but for its last name; null when there cannot be one.</summary>
    private async ValueTask<string?> AreaAsync(HostName host, CancellationToken cancellationToken)
    {
        if (options.Directory is null)
        {
            return connection.WorkingDirectory;
        }

        return await DirectoryAsync(cancellationToken).ConfigureAwait(false) is { } directory ? Join(directory, host.ToString()) : null;
    }

    /// <summary>The directory of the areas is trusted: a link on its path is the administrator's, and is resolved once.</summary>
    private async ValueTask<string?> DirectoryAsync(CancellationToken cancellationToken) =>
        _directory ??= await connection.CanonicalAsync(options.Directory!, cancellationToken).ConfigureAwait(false);

    private static string Join(string directory, string name) => directory == "/" ? $"/{name}" : $"{directory}/{name}";
}
