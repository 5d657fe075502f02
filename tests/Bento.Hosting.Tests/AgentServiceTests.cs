using Bento.Agents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Hosting.Tests;

public sealed class AgentServiceTests : IDisposable
{
    private readonly ScriptedAgent _agent = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<AgentEvent> _events = [];
    private readonly IHost _host;

    public AgentServiceTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<IProgress<AgentEvent>>(new Observer(_events));
        builder.Services.AddBentoAgentService(options => options.Host = "web")
            .ConfigureTrust(options => options.AllowUnsigned = true)
            .UseLocalDirectory(options => options.Directory = "/nowhere");
        builder.Services.AddSingleton<IAgent>(_agent);
        _host = builder.Build();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task The_agent_runs_as_long_as_the_application_and_is_asked_how_it_is()
    {
        var poll = new AgentEvent.Polled(new AgentResult(AgentConclusion.UpToDate, "Nothing new."));
        _agent.Runs.Enqueue(async (progress, token) =>
        {
            progress!.Report(poll);
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException();
        });
        Assert.Equal(HealthStatus.Degraded, await CheckAsync());

        await _host.StartAsync(Token);
        await WatcherBench.UntilAsync(() => _events.Count > 0);

        Assert.Equal([poll], _events);
        Assert.Equal(HealthStatus.Healthy, await CheckAsync());
        await _host.StopAsync(Token);
        Assert.Equal(1, _agent.Begun);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_keeps_the_agent_from_working_stops_no_application_and_is_tried_again()
    {
        _agent.Runs.Enqueue((_, _) => throw new AgentException("The state directory is read-only."));
        _agent.Runs.Enqueue((_, _) => Task.FromResult(new AgentResult(AgentConclusion.Busy, "Another agent works on this host.")));
        _agent.Runs.Enqueue((_, _) => throw new InvalidCastException("A bug of somebody else."));
        await _host.StartAsync(Token);
        foreach (var begun in new[] { 1, 2, 3 })
        {
            await PassUntilAsync(() => _agent.Begun >= begun);
            await WatcherBench.UntilAsync(() => CheckAsync().Result == HealthStatus.Unhealthy);
        }

        await PassUntilAsync(() => _agent.Begun > 3);
        await _host.StopAsync(Token);
    }

    private async Task<HealthStatus> CheckAsync() =>
        (await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Status;

    private async Task PassUntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            _clock.Advance(AgentService.Pause);
            await Task.WhenAny(WatcherBench.UntilAsync(isSo), Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token));
        }
    }

    private sealed class Observer(List<AgentEvent> events) : IProgress<AgentEvent>
    {
        public void Report(AgentEvent value) => events.Add(value);
    }

    /// <summary>Does what it was told for each run, then waits until it is stopped.</summary>
    private sealed class ScriptedAgent : IAgent
    {
        public Queue<Func<IProgress<AgentEvent>?, CancellationToken, Task<AgentResult>>> Runs { get; } = new();

        public int Begun { get; private set; }

        public Task<AgentResult> RunOnceAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public async Task<AgentResult> RunAsync(IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
        {
            Begun++;
            if (Runs.TryDequeue(out var run))
            {
                return await run(progress, cancellationToken);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
