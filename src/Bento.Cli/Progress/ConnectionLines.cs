using Bento.Transport;

namespace Bento.Cli.Progress;

/// <summary>Says what an operator waits for: where progress is shown on a terminal, else a line on standard error. Thread-safe.</summary>
internal sealed class ConnectionLines(TextWriter writer) : IProgress<ConnectionWait>
{
    private volatile LiveProgress? _live;

    /// <param name="live">What is on the terminal now; null for nothing.</param>
    public void ShowIn(LiveProgress? live) => _live = live;

    public void Report(ConnectionWait value)
    {
        var line = $"still connecting to {value.Server} after {value.Elapsed.TotalSeconds:0} s.";
        if (_live is { } live)
        {
            live.Wait(line);
        }
        else
        {
            writer.WriteLine($"bento: {line}");
        }
    }
}
