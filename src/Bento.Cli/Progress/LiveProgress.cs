using System.Collections.Concurrent;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Spectre.Console;

namespace Bento.Cli.Progress;

/// <summary>
/// Progress as bars: one a host where they fit on a screen, one a stage where they do not, and Nix's own count below. Thread-safe.
/// </summary>
internal sealed class LiveProgress : IProgress<FleetEvent>
{
    private const int MaxBars = 16;

    private readonly ProgressContext _context;
    private readonly ConcurrentDictionary<HostName, ProgressTask> _hosts = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _shown = Task.CompletedTask;
    private ProgressTask? _waiting;
    private ProgressTask? _evaluation;
    private ProgressTask? _derivations;
    private ProgressTask? _others;

    private LiveProgress(ProgressContext context) => _context = context;

    /// <summary>Shows bars until they are stopped.</summary>
    public static async Task<LiveProgress> StartAsync(CliIo io)
    {
        var started = new TaskCompletionSource<LiveProgress>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shown = Consoles.Error(io).Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn
            {
                Alignment = Justify.Left,
            }, new ProgressBarColumn { Width = int.Clamp(io.Width / 3, 10, 40) }, new SpinnerColumn())
            .StartAsync(context =>
            {
                var progress = new LiveProgress(context);
                started.SetResult(progress);
                return progress._stopped.Task;
            });
        var bars = await started.Task;
        bars._shown = shown;
        return bars;
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
            var description = Markup.Escape(PlainLine.Of(line));
            _waiting ??= _context.AddTask(description);
            _waiting.IsIndeterminate = true;
            _waiting.Description = description;
        }
    }

    public void Report(FleetEvent value)
    {
        lock (_lock)
        {
            if (_waiting is { } waiting)
            {
                _context.RemoveTask(waiting);
                _waiting = null;
            }

            Show(value);
        }
    }

    private void Show(FleetEvent value)
    {
        switch (value)
        {
            case FleetEvent.Evaluating { } evaluating:
                _evaluation ??= _context.AddTask("evaluating", maxValue: 1);
                _evaluation.Description = Markup.Escape(PlainLine.Of($"evaluating {evaluating.Directory}"));
                _evaluation.IsIndeterminate = true;
                break;
            case FleetEvent.Evaluated { } evaluated:
                Advance(evaluated.Host, 30, "evaluated");
                break;
            case FleetEvent.Building { } building:
                _evaluation?.StopTask();
                foreach (var host in building.Hosts)
                {
                    Advance(host, 40, "building");
                }

                break;
            case FleetEvent.BuildAdvanced { } advanced:
                _derivations ??= _context.AddTask("derivations");
                _derivations.MaxValue = double.Max(advanced.TotalCount, 1);
                _derivations.Value = advanced.DoneCount;
                _derivations.Description = $"derivations {advanced.DoneCount}/{advanced.TotalCount}"
                    + (advanced.FailedCount > 0 ? $", {advanced.FailedCount} failed" : string.Empty);
                break;
            case FleetEvent.Built { } built:
                Advance(built.Host, 80, "built");
                break;
            case FleetEvent.Packing { } packing:
                foreach (var host in packing.Hosts)
                {
                    Advance(host, 90, "packing its system");
                }

                break;
            case FleetEvent.Published { } published:
                Advance(published.Host, 100, $"release {published.Number}");
                break;
            case FleetEvent.Failed { } failed:
                Advance(failed.Host, 100, "failed");
                break;
        }
    }

    private void Advance(HostName host, double value, string stage)
    {
        if (_hosts.Count >= MaxBars && !_hosts.ContainsKey(host))
        {
            _others ??= _context.AddTask("and more hosts");
            _others.IsIndeterminate = true;
            return;
        }

        var task = _hosts.GetOrAdd(host, name => _context.AddTask(name.ToString()));
        task.Value = value;
        task.Description = Markup.Escape($"{host} {stage}");
    }
}
