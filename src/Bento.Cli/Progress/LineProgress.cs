using Bento.Hosts;

namespace Bento.Cli.Progress;

/// <summary>Progress as lines that read well in a pipe and in a log. Thread-safe.</summary>
internal sealed class LineProgress(TextWriter writer, bool isVerbose) : IProgress<FleetEvent>
{
    private readonly Lock _lock = new();

    public void Report(FleetEvent value)
    {
        var line = ProgressLines.OfBeginning(value) ?? ProgressLines.OfEnd(value) ?? (isVerbose ? ProgressLines.OfDetail(value) : null);
        if (line is not null)
        {
            lock (_lock)
            {
                writer.WriteLine(line);
                foreach (var below in ProgressLines.BelowEnd(value))
                {
                    writer.WriteLine(below);
                }
            }
        }
    }
}
