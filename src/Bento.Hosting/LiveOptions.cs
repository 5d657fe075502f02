using Microsoft.Extensions.Options;

namespace Bento.Hosting;

/// <summary>The options of a watcher as they are now, and a token for what works with them.</summary>
internal sealed class LiveOptions : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly IDisposable? _registration;
    private CancellationTokenSource _changed = new();
    private FleetWatchOptions _current;

    public LiveOptions(IOptionsMonitor<FleetWatchOptions> options, string name)
    {
        (_name, _current) = (name, options.Get(name));
        _registration = options.OnChange(Change);
    }

    public FleetWatchOptions Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Cancelled when <see cref="Current"/> is no longer what it was.</summary>
    public CancellationToken Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Token;
            }
        }
    }

    public void Dispose()
    {
        _registration?.Dispose();
        _changed.Dispose();
    }

    private void Change(FleetWatchOptions options, string? name)
    {
        if (name != _name)
        {
            return;
        }

        CancellationTokenSource before;
        lock (_lock)
        {
            (before, _changed, _current) = (_changed, new CancellationTokenSource(), options);
        }

        // Not disposed: a look that begins just now may still hold its token.
        before.Cancel();
    }
}
