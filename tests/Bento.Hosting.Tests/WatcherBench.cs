using Bento.TestBench;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Hosting.Tests;

/// <summary>An application with a watcher, somebody's transport and a clock that the test moves.</summary>
internal sealed class WatcherBench : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TempDirectory _directory = new();
    private readonly IHost _host;

    public WatcherBench(ITransport transport)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(transport).AddSingleton<TimeProvider>(Clock);
        builder.Services.AddBento(options => options.Directory = _directory.FullPath);
        builder.Services.AddBentoWatcher(options => options.Interval = Interval).AddBentoHealthChecks().AddLogging(
            logging => logging.AddProvider(Log));
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public LogLines Log { get; } = new();

    public IFleetWatcher Watcher => Get<IFleetWatcher>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync(Token);

    public Task StopAsync() => _host.StopAsync(Token);

    public async Task<HealthReportEntry> CheckAsync(string name) =>
        (await Get<HealthCheckService>().CheckHealthAsync(Token)).Entries[name];

    /// <summary>Waits, without the clock, for something that the service does on a thread of its own.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }
    }

    /// <summary>Lets intervals pass until something is so: the service sets its timer on a thread of its own.</summary>
    public async Task PassUntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Clock.Advance(Interval);
            await Task.WhenAny(UntilAsync(isSo), Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
        _directory.Dispose();
    }
}
