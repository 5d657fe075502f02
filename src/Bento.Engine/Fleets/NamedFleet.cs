using System.Runtime.CompilerServices;
using Bento.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bento.Fleets;

/// <summary>
/// One of several fleets. Settings that change make a new generation, checked whole before it takes the place of the one before: what runs
/// ends with the settings that it began with, and settings that are wrong change nothing.
/// </summary>
internal sealed partial class NamedFleet(string name, Func<ServiceProvider> compose, ILogger<NamedFleet> logger)
    : IAsyncDisposable, IDisposable
{
    private readonly Lock _lock = new();
    private FleetGeneration? _current;
    private SettingsWatch? _watch;
    private bool _isDisposed;

    public string Name => name;

    /// <exception cref="Hosts.InvalidFleetException">The settings are wrong, at the first time.</exception>
    public FleetLease Open()
    {
        lock (_lock)
        {
            var current = Current();
            current.Rent();
            return new FleetLease(name, current);
        }
    }

    /// <summary>Puts it together where nobody has needed it yet.</summary>
    /// <exception cref="Hosts.InvalidFleetException">The settings are wrong.</exception>
    public void Check()
    {
        lock (_lock)
        {
            _ = Current();
        }
    }

    /// <summary>Asks a service of the fleet as it is now.</summary>
    public async Task<T> AskAsync<T>(Func<IFleet, Task<T>> ask)
    {
        var fleet = Open();
        await using (fleet.ConfigureAwait(false))
        {
            return await ask(fleet).ConfigureAwait(false);
        }
    }

    /// <summary>Follows a fleet, and begins anew when its settings change.</summary>
    public async IAsyncEnumerable<T> FollowAsync<T>(
        Func<IFleet, CancellationToken, IAsyncEnumerable<T>> follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isReplaced = true; isReplaced;)
        {
            var fleet = Open();
            await using (fleet.ConfigureAwait(false))
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, fleet.Replaced);
                var items = follow(fleet, either.Token).GetAsyncEnumerator(either.Token);
                await using (items.ConfigureAwait(false))
                {
                    while (await NextAsync(items, fleet.Replaced, cancellationToken).ConfigureAwait(false))
                    {
                        yield return items.Current;
                    }
                }

                isReplaced = fleet.Replaced.IsCancellationRequested;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Close() is { } last)
        {
            await last.RetireAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A container that is disposed by itself waits for nobody: whoever still works with the fleet closes it.</summary>
    public void Dispose() => _ = Close()?.RetireAsync();

    private FleetGeneration Current()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_current is null)
        {
            var services = Compose();
            _current = new FleetGeneration(services);
            _watch = new SettingsWatch(services, Reload);
        }

        return _current;
    }

    private FleetGeneration? Close()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _watch?.Dispose();
            var last = _current;
            _current = null;
            return last;
        }
    }

    private void Reload()
    {
        FleetGeneration? before;
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                var services = Compose();
                (before, _current) = (_current, new FleetGeneration(services));
                _watch?.Dispose();
                _watch = new SettingsWatch(services, Reload);
            }
            catch (Exception exception) when (exception is BentoException or OptionsValidationException or IOException)
            {
                Log.Kept(logger, name, exception.Message);
                return;
            }
        }

        Log.Reloaded(logger, name);
        _ = before?.RetireAsync();
    }

    /// <summary>Puts it together, and checks all of it before anybody works with it.</summary>
    private ServiceProvider Compose()
    {
        var services = compose();
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return services;
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    private static async ValueTask<bool> NextAsync<T>(
        IAsyncEnumerator<T> items, CancellationToken replaced, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (replaced.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.FleetReloaded,
            LogLevel.Information,
            "The settings of the fleet {Name} changed, and hold from now on",
            EventName = nameof(EventIds.FleetReloaded))]
        public static partial void Reloaded(ILogger logger, string name);

        [LoggerMessage(
            EventIds.FleetNotReloaded,
            LogLevel.Error,
            "The settings of the fleet {Name} changed and are wrong; it goes on with those before: {Reason}",
            EventName = nameof(EventIds.FleetNotReloaded))]
        public static partial void Kept(ILogger logger, string name, string reason);
    }
}
