using Bento.Files;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>
/// Waits for a change below a directory, or for time to pass. What happens between two waits is not lost: the next one ends at once. A
/// directory that is missing, or too large for the kernel to watch, is looked at once an interval, never in a busy loop.
/// </summary>
internal sealed class AreaWatch : IDisposable
{
    /// <summary>
    /// A publication or a poll changes several files in a moment, and a host may write without end: it costs a look a second at most.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly string? _directory;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly Lock _lock = new();
    private readonly IDisposable? _other;
    private FileSystemWatcher? _watcher;
    private bool _isDisposed;
    private (ulong Device, ulong Inode) _watched;
    private bool _isUnwatchable;

    /// <param name="directory">The directory; null when there is nothing to watch.</param>
    /// <param name="clock">Measures the interval.</param>
    /// <param name="listen">Asks somebody else to tell of changes too.</param>
    public AreaWatch(string? directory, TimeProvider clock, Func<Action, IDisposable?>? listen = null)
    {
        _directory = directory;
        _clock = clock;
        TryWatch();
        _other = listen?.Invoke(Signal);
    }

    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        // The kernel watches a directory and not its name: one that was put in its place is another.
        if (_watcher is not null && Identity() != _watched)
        {
            _watcher.Dispose();
            _watcher = null;
            Signal();
        }

        // A directory that has just appeared may hold something already.
        if (_watcher is null && TryWatch())
        {
            Signal();
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var elapsed = Task.Delay(interval, _clock, enough.Token);
        var changed = _changed.WaitAsync(enough.Token);
        var first = await Task.WhenAny(changed, elapsed).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == changed)
        {
            // The signal that ended the wait is taken back first: what comes while things settle is seen by the look that follows, or by
            // the next wait.
            await Task.WhenAny(elapsed, Task.Delay(Settling, _clock, enough.Token)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await enough.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _other?.Dispose();
        _watcher?.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            _changed.Dispose();
        }
    }

    private bool TryWatch()
    {
        if (_isUnwatchable || _directory is null || !Directory.Exists(_directory))
        {
            return false;
        }

        try
        {
            _watched = Identity();
            var watcher = new FileSystemWatcher(_directory)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
            };
            watcher.Created += (_, change) => SignalIfSeen(change.Name);
            watcher.Changed += (_, change) => SignalIfSeen(change.Name);
            watcher.Renamed += (_, change) => SignalIfSeen(change.Name);
            watcher.Deleted += (_, change) => SignalIfSeen(change.Name);
            watcher.Error += (_, _) => _isUnwatchable = true;
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _isUnwatchable = exception is IOException;
            return false;
        }
    }

    private (ulong Device, ulong Inode) Identity() =>
        FileStatus.ReadTarget(_directory!) is { } status ? (status.Device, status.Inode) : default;

    /// <summary>
    /// A look reads an area and its <c>logs/</c>; the tree that is published beside them changes a thousand files at once and no row.
    /// </summary>
    private void SignalIfSeen(string? name)
    {
        if (name?.Split('/') is null or { Length: <= 2 } or [_, AreaPath.Logs, ..])
        {
            Signal();
        }
    }

    private void Signal()
    {
        lock (_lock)
        {
            if (!_isDisposed && _changed.CurrentCount == 0)
            {
                _ = _changed.Release();
            }
        }
    }
}
