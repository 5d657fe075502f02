using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Progress;

/// <summary>Progress as lines that read well in a pipe and in a log. Thread-safe.</summary>
internal sealed class LineProgress(TextWriter writer, bool isVerbose) : IProgress<FleetEvent>
{
    private readonly Lock _lock = new();

    public void Report(FleetEvent value)
    {
        if (Line(value) is { } line)
        {
            lock (_lock)
            {
                writer.WriteLine(line);
            }
        }
    }

    private string? Line(FleetEvent value) => value switch
    {
        FleetEvent.Evaluating { } evaluating => $"evaluating {evaluating.Directory}",
        FleetEvent.Packing { } packing => $"packing {Plural.Of(packing.Hosts.Count, "system")} for hosts that build nothing",
        FleetEvent.Building { } building => $"building {Plural.Of(building.Hosts.Count, "system")}",
        FleetEvent.BuildLogged { } logged when isVerbose => $"{logged.Derivation}> {logged.Line}",
        FleetEvent.Warned { } warned when isVerbose => $"warning: {warned.Message}",
        FleetEvent.Built { } built => $"{built.Host}: built {built.System.BaseName}",
        FleetEvent.Published { } published => $"{published.Host}: published release {published.Number}",
        FleetEvent.Failed { } failed => $"{failed.Host}: failed: {FirstLine(failed.Reason)}",
        _ => null,
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
