using System.Text.RegularExpressions;
using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Progress;

/// <summary>What happens, as lines that stay: in a pipe all of them, on a terminal those about something that is over.</summary>
internal static partial class ProgressLines
{
    /// <summary>So many lines of a log tell most of what is wrong; the report at the end has more.</summary>
    private const int ExtractLines = 3;

    /// <summary>What has begun; null for any other event.</summary>
    public static string? OfBeginning(FleetEvent value) => value switch
    {
        FleetEvent.Evaluating { } evaluating => $"evaluating {evaluating.Directory}",
        FleetEvent.Building { } building => $"building {Plural.Of(building.Hosts.Count, "system")}",
        FleetEvent.Packing { } packing => $"packing {Plural.Of(packing.Hosts.Count, "system")} for hosts that build nothing",
        _ => null,
    };

    /// <summary>What is over; null for any other event.</summary>
    public static string? OfEnd(FleetEvent value) => value switch
    {
        FleetEvent.Built { } built => $"{built.Host}: built {SystemWords.Of(built.System)}",
        FleetEvent.BuilderFailed { } failed => $"{failed.Derivation ?? "a builder"} failed: {FirstLine(failed.Reason)}",
        FleetEvent.WaveBegan { Wave: 0 } began => $"publishing to {Plural.Of(began.Hosts.Count, "host")} that wait for no wave",
        FleetEvent.WaveBegan { } began => $"publishing wave {began.Wave} to {Plural.Of(began.Hosts.Count, "host")}",
        FleetEvent.Published { } published => $"{published.Host}: published release {published.Number}",
        FleetEvent.Failed { } failed => $"{failed.Host}: failed: {FirstLine(failed.Failure.Message)}",
        _ => null,
    };

    /// <summary>What belongs below the line of something that is over: the end of the log of what failed.</summary>
    public static IEnumerable<string> BelowEnd(FleetEvent value) => value is FleetEvent.BuilderFailed failed
        ? failed.LogTail.TakeLast(ExtractLines).Select(line => $"  | {line}")
        : [];

    /// <summary>Half a line of hash tells a person nothing; the report at the end has it.</summary>
    private static string FirstLine(string text) => StorePaths().Replace(text.Split('\n', 2)[0], "$1");

    [GeneratedRegex(@"/\S+/[0-9a-z]{32}-([^\s'""]+)", RegexOptions.CultureInvariant)]
    private static partial Regex StorePaths();

    /// <summary>What only somebody wants to see who asks for it; null for any other event.</summary>
    public static string? OfDetail(FleetEvent value) => value switch
    {
        FleetEvent.BuildLogged { } logged => $"{logged.Derivation}> {logged.Line}",
        FleetEvent.Warned { } warned => $"warning: {warned.Message}",
        _ => null,
    };
}
