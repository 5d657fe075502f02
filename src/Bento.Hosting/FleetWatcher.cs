using System.Runtime.CompilerServices;
using Bento.Status;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Bento.Hosting;

/// <summary>
/// Follows the fleet for as long as the application runs, and begins anew whenever that ends, or its options change.
/// </summary>
internal sealed partial class FleetWatcher : BackgroundService, IFleetWatcher
{
    private readonly IFleetStatus _status;
    private readonly LiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private volatile WatchedFleet _current = new();
    private TaskCompletionSource _looked = NextLook();

    /// <param name="status">How the fleet stands.</param>
    /// <param name="options">Which hosts, and how often.</param>
    /// <param name="name">The name of the fleet; empty where there is one.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">The log; null for none. Each fleet has a category of its own in it.</param>
    public FleetWatcher(
        IFleetStatus status, IOptionsMonitor<FleetWatchOptions> options, string name, TimeProvider clock, ILoggerFactory? log)
    {
        (_status, _clock) = (status, clock);
        var category = typeof(FleetWatcher).FullName!;
        _logger = log?.CreateLogger(name.Length == 0 ? category : $"{category}.{name}") ?? NullLogger.Instance;
        _options = new LiveOptions(options, name);
    }

    public WatchedFleet Current
    {
        get => _current;
        private set
        {
            _current = value;
            Interlocked.Exchange(ref _looked, NextLook()).SetResult();
        }
    }

    public async Task<WatchedFleet> WaitAsync(WatchedFleet known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        while (true)
        {
            // Taken before the comparison: a look that comes in between ends this wait, and not only the next one.
            var looked = Volatile.Read(ref _looked).Task;
            if (!ReferenceEquals(_current, known))
            {
                return _current;
            }

            await looked.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<FleetChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isReached = true; ;)
        {
            var options = _options.Current;
            var changes = _status.WatchAsync(options.Hosts, options.Interval, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            await using (changes.ConfigureAwait(false))
            {
                Exception? end;
                while ((end = await NextAsync(changes, cancellationToken).ConfigureAwait(false)) is null)
                {
                    if (changes.Current is FleetChange.Snapshot && !isReached)
                    {
                        yield return new FleetChange.Reachable();
                    }

                    // What was said of an outage holds until a watch that was begun anew sees the fleet.
                    if (isReached || changes.Current is not FleetChange.Unreachable)
                    {
                        yield return changes.Current;
                    }

                    isReached = changes.Current is not FleetChange.Unreachable;
                }

                if (isReached)
                {
                    isReached = false;
                    yield return new FleetChange.Unreachable(end.Message);
                }
            }

            await Task.Delay(options.Interval, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public override void Dispose()
    {
        _options.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var options = _options.Current;
            try
            {
                await FollowAsync(options, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_options.Current != options)
            {
                continue;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the application of somebody else does not end for it.
                Failed(options.Interval, exception);
            }

            await Task.Delay(options.Interval, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(FleetWatchOptions options, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _options.Changed);
        var looks = _status.FollowAsync(options.Hosts, options.Interval, either.Token).ConfigureAwait(false);
        await foreach (var hosts in looks)
        {
            if (_current.Problem is not null)
            {
                Log.Reached(_logger, _clock.GetUtcNow() - _current.ProblemSince!.Value);
            }

            Current = new WatchedFleet { Hosts = hosts, SeenAt = _clock.GetUtcNow() };
        }
    }

    private void Failed(TimeSpan interval, Exception exception)
    {
        if (_current.Problem != exception.Message)
        {
            Log.Away(_logger, interval, exception.Message, Unexpected.Of(exception));
        }

        Current = new WatchedFleet
        {
            Hosts = _current.Hosts,
            SeenAt = _current.SeenAt,
            Problem = exception.Message,
            ProblemSince = _current.ProblemSince ?? _clock.GetUtcNow(),
        };
    }

    private static TaskCompletionSource NextLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>Why the watch ended; null when it goes on.</returns>
    private static async Task<Exception?> NextAsync(IAsyncEnumerator<FleetChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.MoveNextAsync().ConfigureAwait(false) ? null : new InvalidOperationException("The watch ended.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            HostingEventIds.FleetAway,
            LogLevel.Warning,
            "The fleet cannot be looked at, it is tried again every {Interval}: {Reason}",
            EventName = nameof(HostingEventIds.FleetAway))]
        public static partial void Away(ILogger logger, TimeSpan interval, string reason, Exception? exception);

        [LoggerMessage(
            HostingEventIds.FleetReached,
            LogLevel.Information,
            "The fleet can be looked at again, after {Outage}",
            EventName = nameof(HostingEventIds.FleetReached))]
        public static partial void Reached(ILogger logger, TimeSpan outage);
    }
}
