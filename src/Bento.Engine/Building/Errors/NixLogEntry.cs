using Bento.Hosts;

namespace Bento.Building.Errors;

/// <summary>A line of Nix's <c>internal-json</c> log that means something to Bento. A closed hierarchy.</summary>
internal abstract record NixLogEntry
{
    private NixLogEntry()
    {
    }

    /// <summary>A derivation is being built.</summary>
    /// <param name="Activity">Nix's number for it.</param>
    /// <param name="Derivation">The derivation.</param>
    public sealed record BuildStarted(ulong Activity, StorePath Derivation) : NixLogEntry;

    /// <summary>The activity began that counts all builds.</summary>
    /// <param name="Activity">Nix's number for it.</param>
    public sealed record CountingStarted(ulong Activity) : NixLogEntry;

    /// <summary>A builder printed a line.</summary>
    /// <param name="Activity">Which build.</param>
    /// <param name="Line">The line, as printed.</param>
    public sealed record LinePrinted(ulong Activity, string Line) : NixLogEntry;

    /// <summary>Counters moved.</summary>
    /// <param name="Activity">Of which activity.</param>
    /// <param name="Counters">The counters.</param>
    public sealed record Counted(ulong Activity, FleetEvent.BuildAdvanced Counters) : NixLogEntry;

    /// <summary>An activity ended, well or not.</summary>
    /// <param name="Activity">Nix's number for it.</param>
    public sealed record Stopped(ulong Activity) : NixLogEntry;

    /// <summary>Nix warns of something and goes on.</summary>
    /// <param name="Message">The message, as printed.</param>
    public sealed record WarningReported(string Message) : NixLogEntry;

    /// <summary>Nix reports an error.</summary>
    /// <param name="Message">The message, as printed.</param>
    public sealed record ErrorReported(string Message) : NixLogEntry;
}
