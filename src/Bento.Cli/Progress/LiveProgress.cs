using System.Text;
using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Progress;

/// <summary>
/// Progress on a terminal: what is over scrolls away as lines, and below them one small region moves, twice a second at most. Thread-safe.
/// </summary>
internal sealed class LiveProgress : IProgress<FleetEvent>
{
    private const string Up = "\u001b[A";
    private const string ClearBelow = "\u001b[J";

    /// <summary>Calm, also over a slow ssh: a clock that moves each second needs no more.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CliIo _io;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly ProgressRegion _region = new();
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private IReadOnlyList<string> _drawn = [];
    private bool _isStopped;

    /// <summary>Shows the region until it is stopped.</summary>
    public LiveProgress(CliIo io, TimeProvider clock)
    {
        _io = io;
        _clock = clock;
        _started = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Draw(), null, TimeSpan.Zero, Interval);
    }

    /// <summary>Takes the region away.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            Replace(string.Empty, []);
        }

        _timer.Dispose();
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
                Replace(string.Concat(ProgressLines.BelowEnd(value).Prepend(line).Select(text => $"{PlainLine.Of(text)}\n")), _drawn);
            }
        }
    }

    private void Draw()
    {
        lock (_lock)
        {
            // The last column stays free: a terminal that is written full begins a line by itself.
            var width = _io.IsOutputTerminal ? _io.Measured().Width : _io.ErrorWidth;
            var lines = _region.Lines(int.Max(width - 1, 1), _clock.GetElapsedTime(_started)).ToList();
            if (_isStopped || lines.SequenceEqual(_drawn, StringComparer.Ordinal))
            {
                return;
            }

            try
            {
                Replace(string.Empty, lines);
            }
            catch (IOException)
            {
                // The terminal has gone. A timer has nobody to tell, and what goes on is stopped by a signal or not at all.
                _isStopped = true;
            }
        }
    }

    /// <summary>Writes lines that stay where the region is, and the region below them: at once, so that nobody sees half of it.</summary>
    private void Replace(string text, IReadOnlyList<string> region)
    {
        var frame = new StringBuilder("\r");
        for (var line = 1; line < _drawn.Count; line++)
        {
            _ = frame.Append(Up);
        }

        _ = frame.Append(ClearBelow).Append(text).AppendJoin('\n', region);
        _drawn = region;
        PlainWriter.Styled(_io.Error).Write(frame);
        _io.Error.Flush();
    }
}
