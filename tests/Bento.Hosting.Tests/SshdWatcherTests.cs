using Bento.TestBench;
using Bento.TestBench.Sshd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bento.Hosting.Tests;

/// <summary>A watcher of a fleet on a real sshd that is stopped, started and restarted.</summary>
public sealed class SshdWatcherTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task An_sshd_that_is_stopped_at_the_start_and_restarted_in_the_middle_costs_two_logins_and_ends_nothing()
    {
        await using var server = await SshdServer.StartAsync();
        Directory.CreateDirectory(Path.Join(server.AreasDirectory, "web", "logs"));
        await server.StopAsync();
        using var application = Application(server);
        await application.StartAsync(Token);
        var watcher = application.Services.GetRequiredService<IFleetWatcher>();
        await WatcherBench.UntilAsync(() => watcher.Current.Problem is not null);

        await server.StartAgainAsync();
        await WatcherBench.UntilAsync(() => watcher.Current is { Problem: null, SeenAt: not null });
        Assert.Equal(["web"], watcher.Current.Hosts.Select(host => host.Host.ToString()));
        await LooksAsync(watcher, 5);
        Assert.Equal(1, Logins(server));

        await server.StopAsync();
        await WatcherBench.UntilAsync(() => watcher.Current.Problem is not null);
        await server.StartAgainAsync();
        await WatcherBench.UntilAsync(() => watcher.Current.Problem is null);
        await LooksAsync(watcher, 3);

        Assert.Equal(2, Logins(server));
        server.KillSessions();
        await LooksAsync(watcher, 3);
        Assert.Null(watcher.Current.Problem);
        Assert.Equal(3, Logins(server));
        await application.StopAsync(Token);
    }

    private IHost Application(SshdServer server)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddBento(options => options.Directory = _directory.FullPath)
            .UseSftp(options =>
            {
                options.Host = SshdServer.Address;
                options.Port = server.Port;
                options.User = server.UserName;
                options.PrivateKeyFile = server.KeyFileOf();
                options.HostKeys.Add(server.HostKey);
                options.Directory = server.AreasDirectory;
            })
            .ConfigureRetries(options => options.MaxRetries = 0);
        builder.Services.AddBentoWatcher(options => options.Interval = TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    private static int Logins(SshdServer server) => server.Log.Split("Accepted publickey").Length - 1;

    private static async Task LooksAsync(IFleetWatcher watcher, int count)
    {
        for (var looks = 0; looks < count; looks++)
        {
            var seen = watcher.Current.SeenAt;
            await WatcherBench.UntilAsync(() => watcher.Current.SeenAt > seen);
        }
    }
}
