using Bento.Agents;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Resilience;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>Parts of an embedder that throw what their contracts do not name.</summary>
public sealed class OwnPartsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FE1_a_store_that_throws_anything_fails_its_host_and_no_other(bool isBefore)
    {
        using var directory = new TempDirectory();
        await using var services = Fleet(directory, isBefore, services => services.AddSingleton<IStatusStore, BrokenStore>());

        var report = await DeployAsync(services);

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Contains("BrokenStore failed (InvalidCastException): no such row", $"{report.Hosts[0].Failure}", StringComparison.Ordinal);
        var rows = await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        Assert.Equal(2, rows.Count);
        var history = await services.GetRequiredService<IFleetHistory>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        Assert.Equal(2, history.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FE1_a_signer_that_throws_anything_fails_its_host_and_no_other(bool isBefore)
    {
        using var directory = new TempDirectory();
        await using var services = Fleet(directory, isBefore, services => services.AddSingleton<IReleaseSigner, BrokenSigner>());

        var report = await DeployAsync(services);

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Contains("BrokenSigner failed (TaskCanceledException)", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate", true)]
    [InlineData("evaluate", false)]
    [InlineData("build", true)]
    [InlineData("build", false)]
    [InlineData("count", false)]
    public async Task FE1_a_builder_that_throws_anything_fails_what_it_was_asked_for(string where, bool isBefore)
    {
        using var directory = new TempDirectory();
        await using var services = Fleet(directory, isBefore, services => services.AddSingleton<ISystemBuilder>(new BrokenBuilder(where)));

        var report = await DeployAsync(services);

        var said = string.Join(
            ' ', report.Hosts.Select(host => $"{host.Failure}").Concat(report.Problems.Select(problem => problem.Message)));
        Assert.False(report.IsSuccess);
        Assert.Contains("BrokenBuilder", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FE1_a_pipeline_that_throws_anything_is_a_server_that_cannot_be_reached(bool isBefore)
    {
        var pipeline = new ResiliencePipelineBuilder().AddStrategy(_ => new OpenCircuit(), new OpenCircuitOptions()).Build();
        await using var services = Composed(
            isBefore, services => services.AddKeyedSingleton(RetryOptions.PipelineKey, pipeline), services =>
            services.AddBento().UseSftp(options =>
            {
                (options.Host, options.User, options.PrivateKeyFile) = ("localhost", "bento", "/no/key");
                (options.AcceptFirstHostKey, options.AcceptedHostKeyFile) = (true, "/no/keys");
            }));

        var exception = await Assert.ThrowsAsync<TransportException>(
            () => services.GetRequiredService<ITransport>().ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(TransportFailure.Unreachable, exception.Failure);
        Assert.Contains("the circuit is open", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FE1_an_activator_that_throws_anything_is_a_failed_activation(bool isBefore)
    {
        await using var services = Composed(
            isBefore, services => services.AddSingleton<IActivator, BrokenActivator>(), services => services.AddBentoAgent());
        var activator = services.GetRequiredKeyedService<IActivator>(GuardedAttribute.Key);

        var exception = await Assert.ThrowsAsync<ActivationException>(
            () => activator.SwitchAsync(SomeRelease.System("x"), TextWriter.Null, TestContext.Current.CancellationToken));

        Assert.Contains("BrokenActivator failed (NotSupportedException): no machine", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ActivationException>(() => activator.InspectAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ActivationException>(() => activator.RebootAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_own_part_is_guarded_once_and_what_Bento_brings_is_not()
    {
        using var services = Composed(isBefore: true, services => services.AddSingleton<IActivator, BrokenActivator>(), services =>
        {
            services.AddBentoAgent();
            services.AddBento();
            services.AddBentoAgent();
        });

        Assert.IsType<BrokenActivator>(services.GetRequiredService<IActivator>());
        Assert.IsType<GuardedActivator>(services.GetRequiredKeyedService<IActivator>(GuardedAttribute.Key));
        Assert.Same(
            services.GetRequiredService<ISystemBuilder>(), services.GetRequiredKeyedService<ISystemBuilder>(GuardedAttribute.Key));
    }

    [Fact]
    public void An_object_that_an_application_registered_is_the_application_s_to_dispose()
    {
        using var directory = new TempDirectory();
        using var other = Composed(
            isBefore: true, _ => { }, services => services.AddBento(options => options.Directory = directory.FullPath));
        var borrowed = other.GetRequiredService<IStatusStore>();
        var own = new DisposableSigner();
        using (var services = Composed(
            isBefore: false,
            services => services.AddSingleton<IReleaseSigner>(own).AddSingleton(borrowed),
            services => services.AddBento()))
        {
            _ = services.GetRequiredKeyedService<IReleaseSigner>(GuardedAttribute.Key);
            Assert.IsType<GuardedStore>(services.GetRequiredKeyedService<IStatusStore>(GuardedAttribute.Key));
        }

        Assert.Equal(0, own.DisposeCount);
        using (var services = Composed(
            isBefore: false, services => services.AddSingleton<IReleaseSigner>(_ => own), services => services.AddBento()))
        {
            _ = services.GetRequiredKeyedService<IReleaseSigner>(GuardedAttribute.Key);
        }

        Assert.Equal(1, own.DisposeCount);
    }

    [Fact]
    public void FE1_whoever_uses_a_part_that_an_embedder_may_bring_takes_it_with_its_guard()
    {
        Type[] parts = [typeof(IActivator), typeof(IReleaseSigner), typeof(IStatusStore), typeof(ISystemBuilder), typeof(ITransport)];

        var bare = typeof(GuardedAttribute).Assembly.GetTypes()
            .Where(type => !type.Name.StartsWith("Guarded", StringComparison.Ordinal))
            .SelectMany(type => type.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parts.Contains(parameter.ParameterType) && !parameter.IsDefined(typeof(GuardedAttribute), inherit: false))
            .Select(parameter => parameter.Member.DeclaringType!.Name)
            .Order(StringComparer.Ordinal);

        // They are made by those who have the guarded one, or stand around one of Bento's own.
        Assert.Equal(["AnnouncingTransport", "KeptSession", "RetryingTransport", "SystemDifferences", "WatchRun"], bare);
    }

    private static ServiceProvider Fleet(TempDirectory directory, bool isBefore, Action<IServiceCollection> own)
    {
        directory.WriteFile("hosts/lab/flake.nix", "h1\nh2");
        return Composed(
            isBefore,
            services =>
            {
                services.AddSingleton<ITransport>(new InMemoryTransport()).AddSingleton<ISystemBuilder>(new FakeSystemBuilder());
                own(services);
            },
            services => services.AddBento(options => options.Directory = directory.FullPath));
    }

    private static ServiceProvider Composed(bool isBefore, Action<IServiceCollection> own, Action<IServiceCollection> bento)
    {
        var services = new ServiceCollection();
        if (isBefore)
        {
            own(services);
        }

        bento(services);
        if (!isBefore)
        {
            own(services);
        }

        return services.BuildServiceProvider();
    }

    private static Task<DeployReport> DeployAsync(ServiceProvider services) => services.GetRequiredService<IDeployer>().DeployAsync(
        new DeployRequest { Hosts = HostSelector.All }, null, TestContext.Current.CancellationToken);

    private sealed class DisposableSigner : IReleaseSigner, IDisposable
    {
        public int DisposeCount { get; private set; }

        public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void Dispose() => DisposeCount++;
    }

    private sealed class OpenCircuitOptions : ResilienceStrategyOptions;

    private sealed class OpenCircuit : ResilienceStrategy
    {
        protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state) =>
            throw new InvalidOperationException("the circuit is open");
    }
}
