using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Progress;

/// <summary>What happens, as lines that stay: in a pipe all of them, on a terminal those about something that is over.</summary>
internal static class ProgressLines
{
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
        FleetEvent.Built { } built => $"{built.Host}: built {built.System.BaseName}",
        FleetEvent.WaveBegan { Wave: 0 } began => $"publishing to {Plural.Of(began.Hosts.Count, "host")} that wait for no wave",
        FleetEvent.WaveBegan { } began => $"publishing wave {began.Wave} to {Plural.Of(began.Hosts.Count, "host")}",
        FleetEvent.Published { } published => $"{published.Host}: published release {published.Number}",
        FleetEvent.Failed { } failed => $"{failed.Host}: failed: {failed.Reason.Split('\n', 2)[0]}",
        _ => null,
    };

    /// <summary>What only somebody wants to see who asks for it; null for any other event.</summary>
    public static string? OfDetail(FleetEvent value) => value switch
    {
        FleetEvent.BuildLogged { } logged => $"{logged.Derivation}> {logged.Line}",
        FleetEvent.Warned { } warned => $"warning: {warned.Message}",
        _ => null,
    };
}
