using Bento.Hosts;
using Bento.Status;
using Bento.Telemetry;
using Bento.Transport;

namespace Bento.Engine.Tests.Status;

/// <summary>Following a fleet, and what is measured meanwhile.</summary>
public sealed class StatusWatchTests : IDisposable
{
    private readonly FleetStatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task Who_watches_gets_a_snapshot_first_and_then_what_happens()
    {
        await _bench.DeployAsync();
        await using var changes = _bench.Status.WatchAsync(HostSelector.All, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(2, Assert.IsType<FleetChange.Snapshot>(changes.Current).Hosts.Count);
        var next = changes.MoveNextAsync();
        _bench.Report(_bench.Result("h2"));
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await next);

        var change = Assert.IsType<FleetChange.HostChanged>(changes.Current);
        Assert.Equal((HostChange.Succeeded, "h2", HostState.NewMachine), (change.What, change.Now.Host.ToString(), change.Before!.State));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_watches_goes_on_when_the_server_was_away()
    {
        await _bench.DeployAsync();
        var isAway = false;
        _bench.Transport.BeforeCall = (call, _) => isAway && call.Host == default
            ? throw new TransportException(TransportFailure.Unreachable, "Nobody answers.")
            : Task.CompletedTask;
        await using var changes = _bench.Status.WatchAsync(HostSelector.All, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await changes.MoveNextAsync());

        isAway = true;
        var next = changes.MoveNextAsync();
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await next);
        Assert.Equal("Nobody answers.", Assert.IsType<FleetChange.Unreachable>(changes.Current).Reason);

        isAway = false;
        _bench.Report(_bench.Result("h2"));
        var later = changes.MoveNextAsync();
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await later);
        Assert.IsType<FleetChange.Reachable>(changes.Current);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(HostChange.Succeeded, Assert.IsType<FleetChange.HostChanged>(changes.Current).What);
    }

    [Fact]
    public async Task A_look_is_measured_in_the_unit_that_its_instrument_names()
    {
        var measured = new System.Collections.Concurrent.ConcurrentBag<(string Name, string? Unit, double Value, string? State)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == BentoTelemetry.SourceName)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) => measured.Add((instrument.Name, instrument.Unit, value, null)));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, instrument.Unit, value, Tag(tags, "bento.state"))));
        listener.Start();
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));

        await _bench.StatusAsync();

        // The clock of the bench stands still, so this look took no second; others run beside it.
        Assert.Contains(("bento.status.duration", "s", 0.0, null), measured);
        Assert.Contains(measured, one => one is { Name: "bento.status.hosts", State: "up-to-date", Value: 1 });
        Assert.Contains(measured, one => one is { Name: "bento.reports.accepted", Value: 1 });
        Assert.All(measured, one => Assert.StartsWith("bento.", one.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_that_could_not_be_kept_is_not_counted_as_accepted()
    {
        var accepted = 0;
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "bento.reports.accepted")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        // Other tests count beside this one: only what this one says is looked at.
        var isHere = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => Interlocked.Add(ref accepted, isHere.Value ? value : 0));
        listener.Start();
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        File.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        _ = Directory.CreateDirectory(_bench.Directory[".bento/hosts/.h1.lock"]);

        await _bench.StatusAsync();
        await _bench.StatusAsync();
        Assert.Equal(0, accepted);
        Directory.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        await _bench.StatusAsync();

        Assert.Equal(1, accepted);
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value as string;
            }
        }

        return null;
    }
}
