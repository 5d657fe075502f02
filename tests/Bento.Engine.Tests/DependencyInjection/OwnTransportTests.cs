using Bento.Agents;
using Bento.Engine.Tests.Agents;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Processes;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>A transport of an embedder that throws what its contract does not name.</summary>
public sealed class OwnTransportTests
{
    private static readonly HostName First = HostName.Parse("h1");

    [Fact]
    public async Task FE1_an_area_that_throws_anything_at_any_call_fails_its_host_and_no_other()
    {
        var calls = (await DeployAsync(new InMemoryTransport())).Calls.Where(call => call.Host == First).Select(call => call.Operation)
            .Distinct().ToList();
        Assert.True(calls.Count >= 5, string.Join(' ', calls));

        foreach (var operation in calls)
        {
            var (_, report, rows) = await DeployAsync(
                new InMemoryTransport { BeforeCall = (call, _) => Break(call.Host == First && call.Operation == operation) });

            Assert.True(report.Hosts[1].Outcome == DeployOutcome.Published, $"{operation}: {report.Hosts[1].Failure}");
            Assert.True(report.Hosts[0].Outcome == DeployOutcome.Failed, operation);
            Assert.Contains("failed (InvalidCastException): no such file", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
            Assert.Equal(2, rows.Count);
        }
    }

    [Fact]
    public async Task FE1_an_area_that_cannot_be_opened_fails_its_host_and_no_other()
    {
        var (_, report, rows) = await DeployAsync(new OtherTransport(new InMemoryTransport(), First));

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Contains(
            "OtherSession failed (KeyNotFoundException): no area of h1", $"{report.Hosts[0].Failure}", StringComparison.Ordinal);
        Assert.Equal(2, rows.Count);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("lock")]
    public async Task FE1_a_server_that_throws_anything_is_one_that_cannot_be_used(string operation)
    {
        var exception = await Assert.ThrowsAsync<TransportException>(() => DeployAsync(
            new InMemoryTransport { BeforeCall = (call, _) => Break(call.Operation == operation) }));

        Assert.Contains("failed (InvalidCastException): no such file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FE1_a_session_that_cannot_be_let_go_of_costs_nothing()
    {
        var (_, report, _) = await DeployAsync(new OtherTransport(new InMemoryTransport(), default));

        Assert.Equal(["h1 Published 1", "h2 Published 1"], DeployBench.Lines(report));
    }

    [Fact]
    public async Task FE1_an_agent_whose_transport_throws_anything_says_that_the_server_cannot_be_used()
    {
        using var directory = new TempDirectory();
        var services = new ServiceCollection();
        services.AddSingleton<ITransport>(new InMemoryTransport { BeforeCall = (_, _) => Break(true) });
        services.AddSingleton<IActivator>(new FakeMachine());
        services.AddBentoAgent(options =>
        {
            (options.Host, options.StateDirectory, options.Trust.AllowUnsigned) = ("h1", directory["state"], true);
            options.SecretsDirectory = directory["secrets"];
        });
        await using var provider = services.BuildServiceProvider();

        var result = await provider.GetRequiredService<IAgent>().RunOnceAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Contains("InMemoryTransport failed (InvalidCastException)", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_transport_can_besides_it_can_behind_its_guard_and_nothing_more()
    {
        var plain = new GuardedTransport(new InMemoryTransport());
        var local = new GuardedTransport(new LocalTransport());

        Assert.Null(plain.As<ILocalAreas>());
        Assert.Equal("/srv/areas", local.As<ILocalAreas>()!.Directory);
        Assert.Null(local.As<IChangeSource>());
        await using var session = await plain.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Null(session.OpenArea(First).As<ILinkingArea>());
    }

    private static Task Break(bool isBroken) => isBroken ? throw new InvalidCastException("no such file") : Task.CompletedTask;

    private static async Task<Deployed> DeployAsync(ITransport transport)
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/lab/flake.nix", "h1\nh2");
        var services = new ServiceCollection();
        services.AddSingleton(transport).AddSingleton<Bento.Building.ISystemBuilder>(new FakeSystemBuilder());
        services.AddBento(options => options.Directory = directory.FullPath);
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<IDeployer>().DeployAsync(
            new DeployRequest { Hosts = HostSelector.All }, null, TestContext.Current.CancellationToken);
        var rows = await provider.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        return new Deployed((transport as InMemoryTransport)?.Calls ?? [], report, rows);
    }

    private sealed record Deployed(IReadOnlyList<InMemoryCall> Calls, DeployReport Report, IReadOnlyList<HostStatus> Rows);

    private sealed class LocalTransport : ITransport, ILocalAreas
    {
        public string Directory => "/srv/areas";

        public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class OtherTransport(InMemoryTransport inner, HostName missing) : ITransport
    {
        public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) =>
            new OtherSession(await inner.ConnectAsync(cancellationToken), missing);
    }

    private sealed class OtherSession(ITransportSession inner, HostName missing) : ITransportSession
    {
        public IArea OpenArea(HostName host) =>
            host == missing ? throw new KeyNotFoundException($"no area of {host}") : inner.OpenArea(host);

        public Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken) => inner.ListAreasAsync(cancellationToken);

        public Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken) =>
            inner.LockAsync(holder, cancellationToken);

        public ValueTask DisposeAsync() => throw new InvalidOperationException("it is in use");
    }
}
