using Bento.Cli.Terminal;
using Bento.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Progress;

/// <summary>
/// Shows what an operation does while it does it: a region that moves on a terminal, plain lines elsewhere. Always on standard error.
/// Thread-safe.
/// </summary>
internal sealed class FleetProgress : IProgress<FleetEvent>, IDisposable
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

    public static FleetProgress Start(CliIo io, IServiceProvider services, OutputStyle style) => new(
        new LineProgress(io.Error, style.IsVerbose),
        services.GetRequiredService<ConnectionLines>(),
        io is { IsErrorTerminal: true, IsDumb: false } && !style.IsVerbose
            ? new LiveProgress(io, services.GetRequiredService<TimeProvider>())
            : null);

    public static async Task<T> RunAsync<T>(
        CliIo io, IServiceProvider services, OutputStyle style, Func<IProgress<FleetEvent>, Task<T>> operation)
    {
        using var progress = Start(io, services, style);
        return await operation(progress);
    }

    public void Report(FleetEvent value)
    {
        if (_live is { } live)
        {
            live.Report(value);
        }
        else
        {
            _lines.Report(value);
        }
    }

    /// <summary>Takes the region away, for a question or a result; what comes later is told in lines.</summary>
    public void Clear()
    {
        if (Interlocked.Exchange(ref _live, null) is { } live)
        {
            _waiting.ShowIn(null);
            live.Stop();
        }
    }

    public void Dispose() => Clear();
}
