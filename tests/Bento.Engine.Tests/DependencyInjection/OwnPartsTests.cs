using Bento.Agents;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Building.Fleet;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Resilience;
using Bento.Status;
using Bento.Testing;
using Bento.Testing.Transport;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>Parts of an embedder that throw what their contracts do not name.</summary>
public sealed class OwnPartsTests
{
    [Fact]
    public async Task FE1_a_store_that_throws_anything_fails_its_host_and_no_other()
    {
        using var directory = new TempDirectory();
        await using var services = Fleet(directory, services => services.AddSingleton<IStatusStore, BrokenStore>());

        var report = await DeployAsync(services);

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Contains("BrokenStore failed (InvalidCastException): no such row", report.Hosts[0].Failure, StringComparison.Ordinal);
        var rows = await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        Assert.Equal(2, rows.Count);
        var history = await services.GetRequiredService<IFleetHistory>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        Assert.Equal(2, history.Count);
    }

    [Fact]
    public async Task FE1_a_signer_that_throws_anything_fails_its_host_and_no_other()
    {
        using var directory = new TempDirectory();
        await using var services = Fleet(directory, services => services.AddSingleton<IReleaseSigner, BrokenSigner>());

        var report = await DeployAsync(services);

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Contains("BrokenSigner failed (TaskCanceledException)", report.Hosts[0].Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("build")]
    [InlineData("count")]
    public async Task FE1_a_builder_that_throws_anything_fails_what_it_was_asked_for(string where)
    {
        using var directory = new TempDirectory();
        await using var services = Fleet(directory, services => services.AddSingleton<ISystemBuilder>(new BrokenBuilder(where)));

        var report = await DeployAsync(services);

        var said = string.Join(' ', report.Hosts.Select(host => host.Failure).Concat(report.Problems.Select(problem => problem.Message)));
        Assert.False(report.IsSuccess);
        Assert.Contains("BrokenBuilder", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FE1_a_pipeline_that_throws_anything_is_a_server_that_cannot_be_reached()
    {
        var pipeline = new ResiliencePipelineBuilder().AddStrategy(_ => new OpenCircuit(), new OpenCircuitOptions()).Build();
        var transport = new RetryingTransport(new InMemoryTransport(), pipeline);

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => transport.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(TransportFailure.Unreachable, exception.Failure);
        Assert.Contains("the circuit is open", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FE1_an_activator_that_throws_anything_is_a_failed_activation()
    {
        var activator = new GuardedActivator(new BrokenActivator());

        var exception = await Assert.ThrowsAsync<ActivationException>(
            () => activator.SwitchAsync(SomeRelease.System("x"), TextWriter.Null, TestContext.Current.CancellationToken));

        Assert.Contains("BrokenActivator failed (NotSupportedException): no machine", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ActivationException>(() => activator.InspectAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ActivationException>(() => activator.RebootAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_own_part_is_guarded_once_and_what_Bento_brings_is_not()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IActivator, BrokenActivator>();
        services.AddBentoAgent();
        services.AddBento();
        services.AddBentoAgent();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<GuardedActivator>(provider.GetRequiredService<IActivator>());
        Assert.IsNotType<GuardedBuilder>(provider.GetRequiredService<ISystemBuilder>());
    }

    private static ServiceProvider Fleet(TempDirectory directory, Action<IServiceCollection> own)
    {
        directory.WriteFile("hosts/lab/flake.nix", "h1\nh2");
        var services = new ServiceCollection();
        services.AddSingleton<ITransport>(new InMemoryTransport()).AddSingleton<ISystemBuilder>(new FakeSystemBuilder());
        own(services);
        services.AddBento(options => options.Directory = directory.FullPath);
        return services.BuildServiceProvider();
    }

    private static Task<DeployReport> DeployAsync(ServiceProvider services) => services.GetRequiredService<IDeployer>().DeployAsync(
        new DeployRequest { Hosts = HostSelector.All }, null, TestContext.Current.CancellationToken);

    private sealed class OpenCircuitOptions : ResilienceStrategyOptions;

    private sealed class OpenCircuit : ResilienceStrategy
    {
        protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state) =>
            throw new InvalidOperationException("the circuit is open");
    }
}
