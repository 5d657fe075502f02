using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Agents;

/// <summary>What the next run of an agent makes of a switch that a kill or a power cut interrupted.</summary>
public sealed class InterruptedAttemptTests : IAsyncDisposable
{
    private static readonly HostName Host = HostName.Parse("web");
    private static readonly StorePath Old = SomeRelease.System("old");
    private static readonly StorePath New = SomeRelease.System("new");

    private readonly TempDirectory _directory = new();
    private readonly TinyDisk? _disk = Shell.IsRoot ? new TinyDisk("size=256k") : null;
    private readonly FakeHealth _health = new();
    private readonly InMemoryTransport _server = new();
    private readonly PauseClock _clock = new();
    private readonly FakeMachine _machine = new()
    {
        State = new MachineState
        {
            Running = New,
            Booted = Old,
            Profile = New,
            BootId = "boot",
        }
    };
    private readonly ServiceProvider _services;

    public InterruptedAttemptTests()
    {
        _ = Directory.CreateDirectory(Path.Join(State, "trees"));
        _server.Server.Clock = _clock;
        _server.Server.Put(Host, "release.json", "no release");
        _server.Server.Put(Host, "logs/x", string.Empty);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ITransport>(_server)
            .AddSingleton<ISystemBuilder>(new FakeSystemBuilder())
            .AddSingleton<IHealthChecker>(_health)
            .AddSingleton<IActivator>(_machine);
        services.AddBentoAgent(options =>
        {
            options.Host = Host.ToString();
            options.StateDirectory = State;
        }).ConfigureTrust(options => options.AllowUnsigned = true);
        _services = services.BuildServiceProvider();
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(AttemptPhase.Activating))]
    [InlineData(nameof(AttemptPhase.Confirming))]
    public async Task FA2_FA8_a_server_that_is_away_after_a_restart_costs_no_healthy_release(string phase)
    {
        Interrupt(Enum.Parse<AttemptPhase>(phase));
        _server.Failure = TransportFailure.Unreachable;

        var result = await RunAsync();

        var attempt = Journal.Load().Attempt!;
        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Equal((Old, Old), (_machine.State.Running, _machine.State.Profile));
        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.RolledBack, true), (attempt.Phase, attempt.Outcome, attempt.WillRetry));
        Assert.NotNull(attempt.RetryAt);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(AttemptPhase.Activating))]
    [InlineData(nameof(AttemptPhase.Confirming))]
    public async Task FA2_a_server_that_answers_after_a_restart_confirms_the_switch(string phase)
    {
        Interrupt(Enum.Parse<AttemptPhase>(phase));

        _ = await RunAsync();

        Assert.Equal(AttemptOutcome.Succeeded, Journal.Load().Attempt!.Outcome);
        Assert.Equal((New, New), (_machine.State.Running, _machine.State.Profile));
    }

    [Fact(Timeout = 30_000)]
    public async Task FO7_a_full_disk_in_the_confirm_window_does_not_keep_a_failing_system_running()
    {
        _health.Problem = "sick";
        Interrupt(AttemptPhase.Confirming);
        FillDisk();

        var first = await Assert.ThrowsAsync<AgentException>(RunAsync);
        Assert.Equal((Old, Old), (_machine.State.Running, _machine.State.Profile));
        Assert.Contains("sick", first.Message, StringComparison.Ordinal);
        Assert.Contains("sick", Beat().Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing is changed", first.NextStep?.Text, StringComparison.Ordinal);

        // The disk still says that the new system is to be confirmed: the old one must not pass for it.
        _ = await Assert.ThrowsAsync<AgentException>(RunAsync);
        Assert.Equal((Old, Old), (_machine.State.Running, _machine.State.Profile));

        File.Delete(_disk!["ballast"]);
        _ = await RunAsync();
        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.RolledBack), (Journal.Load().Attempt!.Phase, Journal.Load().Attempt!.Outcome));
    }

    [Fact(Timeout = 30_000)]
    public async Task FO7_a_switch_that_was_interrupted_is_not_repeated_while_the_disk_is_full_but_undone()
    {
        Interrupt(AttemptPhase.Activating);
        FillDisk();

        _ = await Assert.ThrowsAsync<AgentException>(RunAsync);

        Assert.Equal(["switch nixos-system-old"], _machine.Calls);
        Assert.Contains("No space", Beat().Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = 30_000)]
    public async Task FA10_what_could_not_be_put_back_is_put_back_later_with_a_server_or_without()
    {
        _health.Problem = "sick";
        _machine.ProfileProblem = "No space left on device";
        Interrupt(AttemptPhase.Confirming);
        var root = Path.Join(State, "way-back");
        _ = File.CreateSymbolicLink(root, Old.ToString());

        _ = await RunAsync();
        var stuck = Journal.Load().Attempt!;
        Assert.NotNull(new FileInfo(root).LinkTarget);
        Assert.Equal((AttemptOutcome.NeedsHuman, true, Old), (stuck.Outcome, stuck.WillRetry, _machine.State.Running));

        _machine.ProfileProblem = null;
        _server.Failure = TransportFailure.Unreachable;
        _clock.Advance(TimeSpan.FromHours(7));
        _ = await RunAsync();

        Assert.Equal((AttemptOutcome.RolledBack, stuck.Attempt + 1), (Journal.Load().Attempt!.Outcome, Journal.Load().Attempt!.Attempt));
        Assert.Null(new FileInfo(root).LinkTarget);
        Assert.Equal((Old, Old), (_machine.State.Running, _machine.State.Profile));
    }

    [Fact(Timeout = 30_000)]
    public async Task FA10_a_way_back_that_needs_a_reboot_is_not_called_gone()
    {
        _health.Problem = "sick";
        _machine.Verdict = ActivationVerdict.RebootNeeded;
        Interrupt(AttemptPhase.Confirming);

        _ = await RunAsync();

        var attempt = Journal.Load().Attempt!;
        Assert.Equal(AttemptOutcome.NeedsHuman, attempt.Outcome);
        Assert.Contains("Only a reboot brings it back", attempt.Reason, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _disk?.Dispose();
        _directory.Dispose();
    }

    private string State => _disk?.FullPath ?? _directory.FullPath;

    private JournalFile Journal => new(State);

    private Heartbeat Beat() => ReportJson.ReadHeartbeat(_server.Server.Get(Host, "logs/beat.json"));

    private void FillDisk()
    {
        Assert.SkipUnless(Shell.IsRoot, "needs root for a disk of its own");
        _ = Assert.ThrowsAny<IOException>(Append);

        void Append()
        {
            while (true)
            {
                File.AppendAllBytes(_disk!["ballast"], new byte[4096]);
            }
        }
    }

    private void Interrupt(AttemptPhase phase)
    {
        File.WriteAllText(Path.Join(State, "agent.lock"), "an agent");
        var release = SomeRelease.Of(Host.ToString()) with
        {
            Policy = HostPolicy.Default with { HealthChecks = [new HealthCheck.Unit("web", TimeSpan.FromSeconds(5))] },
        };
        Journal.Save(new AgentJournal
        {
            Floor = release.Number,
            FloorId = release.Id,
            Attempt = new JournalAttempt(release, 1, _clock.GetUtcNow(), phase) { System = New, Previous = Old, BootId = "boot" },
        });
    }

    private async Task<AgentResult> RunAsync()
    {
        var running = _services.GetRequiredService<IAgent>().RunOnceAsync(null, TestContext.Current.CancellationToken);
        while (!running.IsCompleted)
        {
            // Only pauses go by: no time limit runs out because a test is slow.
            _clock.Advance(_clock.TakePause());
            await Task.Yield();
        }

        return await running;
    }

    private sealed class FakeHealth : IHealthChecker
    {
        public string? Problem { get; set; }

        public Task<string?> CheckAsync(HealthCheck check, CancellationToken cancellationToken) => Task.FromResult(Problem);
    }
}
