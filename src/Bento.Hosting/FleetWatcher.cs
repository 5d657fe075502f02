using System.Runtime.CompilerServices;
using Bento.Status;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Bento.Hosting;

/// <summary>Follows the fleet for as long as the application runs, and begins anew whenever that ends.</summary>
internal sealed partial class FleetWatcher(
    IFleetStatus status, IOptions<FleetWatchOptions> options, TimeProvider clock, ILogger<FleetWatcher>? logger = null)
        : BackgroundService, IFleetWatcher
{
    private readonly ILogger _logger = logger ?? NullLogger<FleetWatcher>.Instance;
    private volatile WatchedFleet _current = new();

    public WatchedFleet Current => _current;

    public async IAsyncEnumerable<FleetChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var isReached = true; ;)
        {
            var changes = status.WatchAsync(options.Value.Hosts, options.Value.Interval, cancellationToken)
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

            await Task.Delay(options.Value.Interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the application of somebody else does not end for it.
                Failed(exception);
            }

            await Task.Delay(options.Value.Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var looks = status.FollowAsync(options.Value.Hosts, options.Value.Interval, cancellationToken).ConfigureAwait(false);
        await foreach (var hosts in looks)
        {
            if (_current.Problem is not null)
            {
                Log.Reached(_logger, clock.GetUtcNow() - _current.ProblemSince!.Value);
            }

            _current = new WatchedFleet { Hosts = hosts, SeenAt = clock.GetUtcNow() };
        }
    }

    private void Failed(Exception exception)
    {
        if (_current.Problem != exception.Message)
        {
            Log.Away(_logger, options.Value.Interval, exception.Message, Unexpected.Of(exception));
        }

        _current = new WatchedFleet
        {
            Hosts = _current.Hosts,
            SeenAt = _current.SeenAt,
            Problem = exception.Message,
            ProblemSince = _current.ProblemSince ?? clock.GetUtcNow(),
        };
    }

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
