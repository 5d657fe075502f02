using Bento.Agents;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Testing;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents;

/// <summary>What the next run of an agent makes of a switch that a kill or a power cut interrupted.</summary>
public sealed class InterruptedAttemptTests : IAsyncDisposable
{
    private static readonly HostName Host = HostName.Parse("web");
    private static readonly StorePath Old = SomeRelease.System("old");
    private static readonly StorePath New = SomeRelease.System("new");

    private readonly TempDirectory _state = new();
    private readonly InMemoryTransport _server = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeMachine _machine = new() { State = new MachineState(New, Old, New) { BootId = "boot" } };
    private readonly ServiceProvider _services;

    public InterruptedAttemptTests()
    {
        _ = Directory.CreateDirectory(_state["trees"]);
        _server.Server.Clock = _clock;
        _server.Server.Put(Host, "release.json", "no release");
        _server.Server.Put(Host, "logs/x", string.Empty);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ITransport>(_server)
            .AddSingleton<ISystemBuilder>(new FakeSystemBuilder())
            .AddSingleton<IActivator>(_machine);
        services.AddBentoAgent(options =>
        {
            options.Host = Host.ToString();
            options.StateDirectory = _state.FullPath;
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

        var attempt = Journal.Load().Journal.Attempt!;
        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Equal((Old, Old), (_machine.State.Running, _machine.State.Profile));
        Assert.Equal((AttemptPhase.Finished, Outcome.RolledBack, true), (attempt.Phase, attempt.Outcome, attempt.WillRetry));
        Assert.NotNull(attempt.RetryAt);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(AttemptPhase.Activating))]
    [InlineData(nameof(AttemptPhase.Confirming))]
    public async Task FA2_a_server_that_answers_after_a_restart_confirms_the_switch(string phase)
    {
        Interrupt(Enum.Parse<AttemptPhase>(phase));

        _ = await RunAsync();

        Assert.Equal(Outcome.Succeeded, Journal.Load().Journal.Attempt!.Outcome);
        Assert.Equal((New, New), (_machine.State.Running, _machine.State.Profile));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _state.Dispose();
    }

    private JournalFile Journal => new(_state.FullPath);

    private void Interrupt(AttemptPhase phase)
    {
        var release = SomeRelease.Of(Host.ToString());
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
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await running;
    }
}
