using Bento.Building;
using Bento.Rollouts;
using Bento.Status;
using Bento.TestBench;
using Dashboard.Board;
using Dashboard.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bento.Dashboard.Tests;

/// <summary>The dashboard as it is started, at a free port of this machine, over a fleet that the test makes.</summary>
internal sealed class DashboardBench : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly WebApplication _application;

    private DashboardBench(Action<IServiceCollection, DashboardBench> addBento, int interval)
    {
        Fleet = new MadeFleet(TimeProvider.System);
        _application = DashboardApplication.Create(["--urls", "http://127.0.0.1:0", "--interval", $"{interval}"], services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
            addBento(services, this);
        });
    }

    public MadeFleet Fleet { get; }

    public MadeRollout Rollout { get; } = new();

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<DashboardBench> StartAsync(
        Action<DashboardBench>? prepare = null, MadeClosures? closures = null, int interval = 60) =>
        StartAsync(
            (services, bench) =>
            {
                _ = services.AddSingleton<IFleetStatus>(bench.Fleet)
                    .AddSingleton<IStatusStore>(bench.Fleet)
                    .AddSingleton<IRollout>(bench.Rollout);
                if (closures is not null)
                {
                    _ = services.AddSingleton<ISystemBuilder>(closures);
                }

                _ = services.AddBento(options => options.Directory = bench._directory.FullPath);
            },
            prepare,
            interval);

    public static async Task<DashboardBench> StartAsync(
        Action<IServiceCollection, DashboardBench> addBento, Action<DashboardBench>? prepare = null, int interval = 1)
    {
        var bench = new DashboardBench(addBento, interval);
        prepare?.Invoke(bench);
        await bench._application.StartAsync(Token);
        bench.Address = new Uri(bench._application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single());
        bench.Http = new HttpClient { BaseAddress = bench.Address };
        return bench;
    }

    /// <summary>Fills the fleet, and the past of each host.</summary>
    public void Fill(int count)
    {
        var hosts = MadeHosts.Fleet(count, Now);
        var seeds = hosts.Select((host, n) => (host, n)).ToDictionary(entry => entry.host.Host, entry => entry);
        Fleet.Records = host => seeds.TryGetValue(host, out var known) ? MadeHosts.Record(known.host, known.n, Now) : HostRecord.Empty;
        Fleet.Show(hosts);
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Waits for a look that is so.</summary>
    public async Task UntilAsync(Func<Look, bool> isSo)
    {
        var board = _application.Services.GetRequiredService<FleetBoard>();
        for (var look = board.Current; !isSo(look); look = await board.NextAsync(look, Token))
        {
        }
    }

    /// <summary>Ends the server, as a machine that is switched off does.</summary>
    public Task StopAsync() => _application.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await StopAsync();
        await _application.DisposeAsync();
        _directory.Dispose();
    }
}
