using Bento.Files;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Transport;

/// <summary>Holds nothing: every call opens what it needs.</summary>
internal sealed class LocalDirectorySession : ITransportSession
{
    private readonly string _root;
    private readonly AreaOwnership _ownership;

    public LocalDirectorySession(string directory, AreaOwnership ownership)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _ownership = ownership;
    }

    public IArea OpenArea(HostName host) => new LocalArea(_root, host, _ownership);

    public Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var root = AnchoredDirectory.Open(_root, string.Empty);
            var hosts = new List<HostName>();
            foreach (var (name, status) in root?.Enumerate() ?? [])
            {
                if (status.Kind == FileKind.Directory && HostName.TryParse(name, out var host) && AreaMarks.IsArea(Path.Join(_root, name)))
                {
                    hosts.Add(host);
                }
            }

            hosts.Sort();
            return Task.FromResult<IReadOnlyList<HostName>>(hosts);
        }
        catch (Exception exception) when (AreaFailure.IsFileFailure(exception))
        {
            throw AreaFailure.Translate(exception, null);
        }
    }

    public Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        cancellationToken.ThrowIfCancellationRequested();
        if (_ownership == AreaOwnership.SystemUsers && !Environment.IsPrivilegedProcess)
        {
            throw new TransportException(
                TransportFailure.Denied, $"Only root can publish to '{_root}': the areas of system users belong to root.")
            {
                NextStep = "Run the command as root, or set areas.ownership to current-user.",
            };
        }

        try
        {
            LocalArea.EnsureRoot(_root, _ownership);
            IAsyncDisposable? taken = FileLock.TryAcquire(Path.Combine(_root, AreaPath.LockFile), LockHolder.Clean(holder), out var heldBy);
            return Task.FromResult(taken ?? throw new PublishLockedException(LockHolder.Clean(heldBy!)));
        }
        catch (Exception exception) when (AreaFailure.IsFileFailure(exception))
        {
            throw AreaFailure.Translate(exception, null);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
