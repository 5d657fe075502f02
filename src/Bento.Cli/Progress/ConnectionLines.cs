using Bento.Transport;

namespace Bento.Cli.Progress;

/// <summary>Says what an operator waits for: among the bars while there are some, else a line on standard error. Thread-safe.</summary>
internal sealed class ConnectionLines(TextWriter writer) : IProgress<ConnectionWait>
{
    private volatile LiveProgress? _bars;

    /// <param name="bars">The bars that are on the terminal now; null for none.</param>
    public void ShowIn(LiveProgress? bars) => _bars = bars;

    public void Report(ConnectionWait value)
    {
        var line = $"still connecting to {value.Server} after {value.Elapsed.TotalSeconds:0} s.";
        if (_bars is { } bars)
        {
            bars.Wait(line);
        }
        else
        {
            writer.WriteLine($"bento: {line}");
        }
    }
}
