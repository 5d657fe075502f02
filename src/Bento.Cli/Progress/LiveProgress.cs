using Bento.Cli.Terminal;
using Bento.Hosts;
using Spectre.Console;

namespace Bento.Cli.Progress;

/// <summary>
/// Progress on a terminal: what is over scrolls away as lines, and below them one small region moves, twice a second at most. Thread-safe.
/// </summary>
internal sealed class LiveProgress : IProgress<FleetEvent>
{
    /// <summary>Calm, also over a slow ssh: a clock that moves each second needs no more.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CliIo _io;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly ProgressRegion _region = new();
    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext _context;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _shown = Task.CompletedTask;

    private LiveProgress(CliIo io, TimeProvider clock, IAnsiConsole console, LiveDisplayContext context)
    {
        _io = io;
        _clock = clock;
        _started = clock.GetTimestamp();
        _console = console;
        _context = context;
    }

    /// <summary>Shows the region until it is stopped.</summary>
    public static async Task<LiveProgress> StartAsync(CliIo io, TimeProvider clock)
    {
        var console = Consoles.Error(io);
        var started = new TaskCompletionSource<LiveProgress>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shown = console.Live(Text.Empty).AutoClear(true).StartAsync(async context =>
        {
            var progress = new LiveProgress(io, clock, console, context);
            started.SetResult(progress);
            using var timer = new PeriodicTimer(Interval, clock);
            while (!progress._stopped.Task.IsCompleted)
            {
                progress.Draw();
                _ = await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), progress._stopped.Task);
            }
        });
        var live = await started.Task;
        live._shown = shown;
        return live;
    }

    public Task StopAsync()
    {
        _ = _stopped.TrySetResult();
        return _shown;
    }

    /// <summary>Says what is waited for, until something happens.</summary>
    public void Wait(string line)
    {
        lock (_lock)
        {
            _region.Wait(line);
        }
    }

    public void Report(FleetEvent value)
    {
        lock (_lock)
        {
            _region.Take(value);
            if (ProgressLines.OfEnd(value) is { } line)
            {
                _console.Write(new Text($"{PlainLine.Of(line)}\n"));
            }
        }
    }

    private void Draw()
    {
        lock (_lock)
        {
            var lines = _region.Lines(_io.Measured().Width, _clock.GetElapsedTime(_started));
            _context.UpdateTarget(new Text(string.Join('\n', lines)));
        }
    }
}
