using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Bento.Hosting.Tests;

/// <summary>An application that watches two fleets.</summary>
public sealed class SeveralFleetsTests : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly InMemoryTransport _home = new();
    private readonly InMemoryTransport _office = new();
    private readonly IHost _host;

    public SeveralFleetsTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Interval"] = "00:30:00" });
        builder.Services.AddKeyedSingleton<ITransport>("home", _home).AddKeyedSingleton<ITransport>("office", _office);
        foreach (var name in new[] { "home", "office" })
        {
            builder.Services
                .AddBento(name, bento => bento.ConfigureFleet(options => options.Directory = _directory.FullPath))
                .AddBentoHealthChecks(name)
                .AddBentoHealthChecks(name);
        }

        builder.Services.AddOptions<FleetWatchOptions>("home").Configure<IConfiguration>(
            (options, configuration) => options.Interval = TimeSpan.Parse(configuration["Interval"]!));
        builder.Services.AddSingleton<IOptionsChangeTokenSource<FleetWatchOptions>>(
            provider => new ConfigurationChangeTokenSource<FleetWatchOptions>("home", provider.GetRequiredService<IConfiguration>()));
        _host = builder.Build();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Each_has_a_watcher_and_checks_of_its_own()
    {
        _office.Failure = TransportFailure.LoginRefused;
        await _host.StartAsync(Token);
        await WatcherBench.UntilAsync(() => Watcher("home").Current.SeenAt is not null && Watcher("office").Current.Problem is not null);

        var report = await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal(
            ["bento-hosts-home", "bento-hosts-office", "bento-server-home", "bento-server-office"], report.Entries.Keys.Order());
        Assert.Equal(HealthStatus.Healthy, report.Entries["bento-server-home"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["bento-server-office"].Status);
        Assert.Null(_host.Services.GetService<IFleetWatcher>());
    }

    [Fact(Timeout = 30_000)]
    public async Task An_interval_that_is_shortened_holds_at_once()
    {
        await _host.StartAsync(Token);
        await WatcherBench.UntilAsync(() => Watcher("home").Current.SeenAt is not null);
        var configuration = (IConfigurationRoot)_host.Services.GetRequiredService<IConfiguration>();
        var first = Watcher("home").Current.SeenAt;
        configuration["Interval"] = "00:00:01";

        configuration.Reload();

        await WatcherBench.UntilAsync(() => Watcher("home").Current.SeenAt > first + TimeSpan.FromSeconds(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(Token);
        _host.Dispose();
        _directory.Dispose();
    }

    private IFleetWatcher Watcher(string name) => _host.Services.GetRequiredKeyedService<IFleetWatcher>(name);
}
