using System.Reflection;
using Bento.Agents;
using Bento.Building;
using Bento.Diagnostics;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Notifications;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>
/// What of an embedder's parts is asked without waiting, and so can throw where nobody awaits: properties, listeners, observers.
/// </summary>
public sealed class OwnMembersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("areas")]
    [InlineData("throws")]
    public async Task FE1_a_transport_that_cannot_say_where_its_areas_are_costs_no_host_its_release(string? directory)
    {
        using var fleet = new TempDirectory();
        await using var services = Fleet(fleet, new LocalTransport(new InMemoryTransport(), directory));

        var report = await DeployAsync(services);

        Assert.Equal(["h1 Published 1", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Single(report.Remarks, remark => remark.Contains("LocalTransport failed (", StringComparison.Ordinal));
        await foreach (var change in services.GetRequiredService<IFleetStatus>()
            .WatchAsync(HostSelector.All, TimeSpan.FromSeconds(1), Token))
        {
            Assert.NotNull(change);
            break;
        }

        var findings = await services.GetRequiredService<IDoctor>().ExamineAsync(Token);
        Assert.Contains(findings, finding => finding.Message.Contains("LocalTransport failed (", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task FE1_a_transport_that_cannot_say_where_its_areas_are_fails_the_hosts_whose_closures_lie_there()
    {
        using var fleet = new TempDirectory();
        await using var services = Fleet(
            fleet,
            new LocalTransport(new InMemoryTransport(), "throws"),
            options => options.Hosts["h1"] = new BentoHostOptions { Delivery = Delivery.System });

        var report = await DeployAsync(services);

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Contains(
            "LocalTransport failed (InvalidCastException): no place", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task FE1_an_observer_that_throws_anything_is_a_remark_and_no_host_s_failure()
    {
        using var fleet = new TempDirectory();
        await using var services = Fleet(fleet, new InMemoryTransport());

        var report = await DeployAsync(services, new Deaf<FleetEvent>());

        Assert.Equal(["h1 Published 1", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Single(report.Remarks, remark => remark == "An observer was not told everything: Deaf failed (InvalidCastException): deaf");
    }

    [Fact(Timeout = 60_000)]
    public async Task FE1_what_cannot_be_let_go_of_costs_nothing()
    {
        using var fleet = new TempDirectory();
        await using var services = Fleet(
            fleet, new InMemoryTransport(), own: services => services.AddSingleton<IStatusStore, StickyStore>());

        Assert.Equal(["h1 Published 1", "h2 Published 1"], DeployBench.Lines(await DeployAsync(services)));
        await foreach (var _ in services.GetRequiredService<IFleetStatus>().WatchAsync(HostSelector.All, TimeSpan.FromSeconds(1), Token))
        {
            break;
        }
    }

    [Fact]
    public void FE1_what_is_asked_of_a_part_without_waiting_is_known()
    {
        Type[] parts =
        [
            typeof(IActivator), typeof(IDirectActivation), typeof(IReleaseSigner), typeof(IStatusStore),
            typeof(ISystemBuilder), typeof(ITransport), typeof(ITransportSession), typeof(IArea), typeof(IStagingArea),
            typeof(IStagedFile), typeof(IRangedArea), typeof(ILinkingArea), typeof(ILocalAreas), typeof(IChangeSource),
            typeof(INotificationChannel),
        ];

        var direct = parts.SelectMany(part => part.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => !typeof(Task).IsAssignableFrom(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Order(StringComparer.Ordinal);

        // Each of them has a test in here, in OwnTransportTests or in NotifierTests that it may throw.
        Assert.Equal(
            [
                "IArea.ListAsync",
                "IChangeSource.Listen",
                "ILocalAreas.get_Directory",
                "INotificationChannel.get_Name",
                "IStatusStore.Listen",
                "ITransportSession.OpenArea",
            ],
            direct);
    }

    private static ServiceProvider Fleet(
        TempDirectory directory, ITransport transport, Action<BentoOptions>? configure = null, Action<IServiceCollection>? own = null)
    {
        directory.WriteFile("hosts/lab/flake.nix", "h1\nh2");
        var services = new ServiceCollection();
        services.AddSingleton(transport).AddSingleton<ISystemBuilder>(new FakeSystemBuilder());
        own?.Invoke(services);
        services.AddBento(options =>
        {
            options.Directory = directory.FullPath;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private static Task<DeployReport> DeployAsync(ServiceProvider services, IProgress<FleetEvent>? progress = null) =>
        services.GetRequiredService<IDeployer>().DeployAsync(new DeployRequest { Hosts = HostSelector.All }, progress, Token);

    private sealed class Deaf<T> : IProgress<T>
    {
        public void Report(T value) => throw new InvalidCastException("deaf");
    }

    private sealed class LocalTransport(ITransport inner, string? directory) : ITransport, ILocalAreas, IChangeSource
    {
        public string Directory => directory == "throws" ? throw new InvalidCastException("no place") : directory!;

        public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

        public IDisposable? Listen(Action changed) => new Sticky();
    }

    private sealed class Sticky : IDisposable, IAsyncDisposable
    {
        public void Dispose() => throw new InvalidCastException("it sticks");

        public ValueTask DisposeAsync() => throw new InvalidCastException("it sticks");
    }

    private sealed class StickyStore : IStatusStore
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<HostName, HostRecord> _records = new();

        public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<HostName>>([.. _records.Keys]);

        public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) =>
            Task.FromResult(_records.GetValueOrDefault(host) ?? HostRecord.Empty);

        public Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
            Task.FromResult(_records.AddOrUpdate(host, _ => change(HostRecord.Empty), (_, record) => change(record)));

        public Task<byte[]?> ReadLogAsync(
            HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

        public Task WriteLogAsync(
            HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public Task<IAsyncDisposable?> LockAsync(string holder, CancellationToken cancellationToken) =>
            Task.FromResult<IAsyncDisposable?>(new Sticky());

        public IDisposable? Listen(Action changed) => new Sticky();
    }
}
