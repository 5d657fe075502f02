using Bento.Agents;
using Bento.Agents.Journal;
using Bento.Agents.Polling;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Agents.Polling;

/// <summary>The agent that stays, on a clock and a server that the test moves.</summary>
public sealed class ResidentLoopTests : IAsyncDisposable
{
    private static readonly HostName Host = HostName.Parse("web");

    private readonly TempDirectory _state = new();
    private readonly InMemoryTransport _server = new();
    private readonly PausingClock _clock = new();
    private readonly List<string> _said = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services;
    private Task<AgentResult>? _agent;

    public ResidentLoopTests()
    {
        _server.Server.Clock = _clock;
        _server.Server.Put(Host, "release.json", "no release");
        _server.Server.Put(Host, "logs/x", string.Empty);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ITransport>(_server)
            .AddSingleton<ISystemBuilder>(new FakeSystemBuilder())
            .AddSingleton<IActivator>(new FakeMachine());
        services.AddBentoAgent(options =>
        {
            options.Host = Host.ToString();
            options.StateDirectory = _state.FullPath;
        }).ConfigureTrust(options => options.AllowUnsigned = true);
        _services = services.BuildServiceProvider();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_poll_that_finds_nothing_new_only_looks()
    {
        await StartAsync();

        // The second poll reads once more: the file may have changed in the second in which it was read.
        Assert.Equal(["look release.json", "read release.json", "write logs/beat.json"], await PollAsync());
        Assert.Equal(["look release.json"], await PollAsync());
        Assert.Equal(["look release.json"], await PollAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_new_release_is_read_at_the_next_poll()
    {
        await StartAsync();
        _ = await PollAsync();
        _server.Server.Put(Host, "release.json", "still no release");

        Assert.Contains("read release.json", await PollAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task T5_a_heartbeat_goes_out_every_interval_though_nothing_happens()
    {
        await StartAsync();
        var beats = 0;
        for (var poll = 0; poll < 60; poll++)
        {
            beats += (await PollAsync()).Contains("write logs/beat.json") ? 1 : 0;
        }

        // 60 polls of 75 seconds are five intervals of 15 minutes; the second poll wrote one more.
        Assert.InRange(beats, 5, 6);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_broke_is_made_anew_and_everything_is_told_again()
    {
        await StartAsync();
        _ = await PollAsync();
        _server.Failure = TransportFailure.Unreachable;
        _ = await PollAsync();
        _server.Failure = null;

        Assert.Equal(["connect ", "look release.json", "read release.json", "write logs/beat.json"], await PollAsync());
        Assert.Contains(_said, line => line.Contains("server in memory fails", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_pause_is_told_at_the_next_poll_and_its_end_too()
    {
        var control = _services.GetRequiredService<IAgentControl>();
        await StartAsync();
        _ = await PollAsync();

        _ = control.Pause("lunch", null);
        Assert.Contains("write logs/beat.json", await PollAsync());
        Assert.Equal("lunch", Beat().Pause?.Reason);
        Assert.Equal(["look release.json"], await PollAsync());
        Assert.True(control.Resume());
        Assert.Contains("write logs/beat.json", await PollAsync());
        Assert.Null(Beat().Pause);
    }

    [Fact(Timeout = 30_000)]
    public async Task FR1_a_report_that_the_server_refuses_is_named_in_the_heartbeat()
    {
        new ReportSpool(_state["spool"]).Put("2-1-log.gz", [1]);
        _server.Server.Put(Host, "logs/2-1-log.gz/something", "in the way");

        await StartAsync();

        Assert.Contains("2-1-log.gz", Beat().Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_does_not_take_the_heartbeat_is_asked_over_a_new_connection()
    {
        await StartAsync();
        _ = await PollAsync();
        _server.Server.PutForeign(Host, "logs/beat.json");
        _server.Server.Put(Host, "release.json", "another");
        Assert.DoesNotContain("connect ", await PollAsync());

        // The session may be in a directory that is no longer the area of the host.
        Assert.Contains("connect ", await PollAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_stays_for_an_hour_and_not_longer()
    {
        await StartAsync();
        var connections = 0;
        for (var poll = 0; poll < 100; poll++)
        {
            connections += (await PollAsync()).Contains("connect ") ? 1 : 0;
        }

        // 100 polls of 75 seconds are two hours and five minutes.
        Assert.Equal(2, connections);
    }

    [Fact(Timeout = 30_000)]
    public async Task FO7_what_ends_a_single_poll_does_not_end_an_agent_that_stays()
    {
        await StartAsync();
        _ = await PollAsync();
        foreach (var copy in (string[])["journal.json", "journal.copy.json"])
        {
            _state.WriteFile(copy, "garbage");
        }

        _server.Server.Put(Host, "release.json", "another");
        _ = await PollAsync();
        Assert.Contains(_said, line => line.Contains("No copy of the journal", StringComparison.Ordinal));
        Assert.Contains("No copy of the journal", Beat().Detail, StringComparison.Ordinal);
        Assert.Contains("Restore journal.json from a backup.", Beat().Detail, StringComparison.Ordinal);
        Assert.True(Beat().IsStuck);

        File.Delete(_state["journal.json"]);
        File.Delete(_state["journal.copy.json"]);
        Assert.Contains("read release.json", await PollAsync());
        Assert.False(Beat().IsStuck);
    }

    [Fact(Timeout = 30_000)]
    public async Task FO7_a_state_directory_that_takes_no_file_is_told_while_there_is_nothing_to_begin()
    {
        await StartAsync();
        _ = await PollAsync();
        Assert.False(Beat().IsStuck);

        // A directory in the place of the file is what also root cannot write to.
        _ = Directory.CreateDirectory(_state["probe"]);
        _server.Server.Put(Host, "release.json", "another");
        _ = await PollAsync();
        Assert.True(Beat().IsStuck);
        Assert.Contains($"The state directory '{_state.FullPath}' takes no new file", Beat().Detail, StringComparison.Ordinal);

        Directory.Delete(_state["probe"]);
        _server.Server.Put(Host, "release.json", "a third");
        _ = await PollAsync();
        Assert.False(Beat().IsStuck);
    }

    [Fact(Timeout = 30_000)]
    public async Task T5_a_host_that_builds_for_hours_goes_on_saying_so()
    {
        await StartAsync();
        var work = new TaskCompletionSource<int>();
        var session = await _server.ConnectAsync(TestContext.Current.CancellationToken);
        var pulse = _services.GetRequiredService<HeartbeatKeeper>();

        var running = pulse.DuringAsync(session.OpenArea(Host), "The host builds.", () => work.Task, TestContext.Current.CancellationToken);
        while (Beat().Detail != "The host builds.")
        {
            _clock.Advance(TimeSpan.FromMinutes(15));
            await Task.Yield();
        }

        work.SetResult(7);
        Assert.Equal(7, await running);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_said_once_is_not_said_at_every_poll()
    {
        await StartAsync();
        for (var poll = 0; poll < 30; poll++)
        {
            _ = await PollAsync();
        }

        Assert.Single(_said);
    }

    [Fact(Timeout = 30_000)]
    public async Task FO5_only_one_agent_stays_on_a_host()
    {
        await StartAsync();

        var second = await _services.GetRequiredService<IAgent>().RunAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(AgentConclusion.Busy, second.Conclusion);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_agent is not null)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _agent);
        }

        await _services.DisposeAsync();
        _stop.Dispose();
        _state.Dispose();
    }

    private Heartbeat Beat() => ReportJson.ReadHeartbeat(_server.Server.Get(Host, "logs/beat.json"));

    private async Task StartAsync()
    {
        _agent = _services.GetRequiredService<IAgent>().RunAsync(new Said(_said), _stop.Token);
        await PausesAsync(1);
    }

    /// <summary>Lets one pause go by.</summary>
    /// <returns>What the agent asked the server.</returns>
    private async Task<IReadOnlyList<string>> PollAsync()
    {
        var before = _server.Calls.Count;
        var pauses = _clock.Pauses;
        _clock.Advance(TimeSpan.FromSeconds(75));
        await PausesAsync(pauses + 1);
        return [.. _server.Calls.Skip(before).Select(call => $"{call.Operation} {call.Path}")];
    }

    private async Task PausesAsync(int count)
    {
        while (_clock.Pauses < count)
        {
            Assert.False(_agent!.IsCompleted, $"{_agent.Exception}");
            await Task.Yield();
        }
    }

    private sealed class Said(List<string> said) : IProgress<AgentEvent>
    {
        public void Report(AgentEvent value)
        {
            if (value is AgentEvent.Polled polled)
            {
                said.Add(polled.Result.Reason);
            }
        }
    }
}
