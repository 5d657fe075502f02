using Bento.Cli.Terminal;
using Bento.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Progress;

/// <summary>
/// Shows what an operation does while it does it: a region that moves on a terminal, plain lines elsewhere. Always on standard error. Thread-safe.
/// </summary>
internal sealed class FleetProgress : IProgress<FleetEvent>, IAsyncDisposable
{
    private readonly LineProgress _lines;
    private readonly ConnectionLines _waiting;
    private LiveProgress? _live;

    private FleetProgress(LineProgress lines, ConnectionLines waiting, LiveProgress? live)
    {
        _lines = lines;
        _waiting = waiting;
        _live = live;
        _waiting.ShowIn(live);
    }

    public static async Task<FleetProgress> StartAsync(CliIo io, IServiceProvider services, OutputStyle style) => new(
        new LineProgress(io.Error, style.IsVerbose),
        services.GetRequiredService<ConnectionLines>(),
        io is { IsErrorTerminal: true, IsDumb: false } && !style.IsVerbose
            ? await LiveProgress.StartAsync(io, services.GetRequiredService<TimeProvider>())
            : null);

    public static async Task<T> RunAsync<T>(
        CliIo io, IServiceProvider services, OutputStyle style, Func<IProgress<FleetEvent>, Task<T>> operation)
    {
        await using var progress = await StartAsync(io, services, style);
        return await operation(progress);
    }

    public void Report(FleetEvent value) => ((IProgress<FleetEvent>?)_live ?? _lines).Report(value);

    /// <summary>Takes the region away, for a question or a result; what comes later is told in lines.</summary>
    public async Task ClearAsync()
    {
        if (Interlocked.Exchange(ref _live, null) is { } live)
        {
            _waiting.ShowIn(null);
            await live.StopAsync();
        }
    }

    public async ValueTask DisposeAsync() => await ClearAsync();
}
