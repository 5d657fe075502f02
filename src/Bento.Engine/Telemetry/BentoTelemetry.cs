using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Bento.Status;

namespace Bento.Telemetry;

/// <summary>What Bento tells the tools that watch a program: one source of spans and one meter.</summary>
public static class BentoTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> and of the <see cref="Meter"/>.</summary>
    public const string SourceName = "Bento";

    internal const string HostCount = "bento.hosts";

    private const string StateTag = "bento.state";

    private static readonly Meter Meter = new(SourceName);
    private static readonly Histogram<double> StatusDuration = Meter.CreateHistogram<double>(
        "bento.status.duration", "s", "How long one look at the fleet took.");
    private static readonly Gauge<int> Hosts = Meter.CreateGauge<int>(
        "bento.status.hosts", "{host}", "How many hosts are in a state, as the last look at all of them found.");

    internal static ActivitySource Source { get; } = new(SourceName);

    internal static Counter<int> ReportsAccepted { get; } = Meter.CreateCounter<int>(
        "bento.reports.accepted", "{report}", "Reports of hosts that were taken into the status store.");

    internal static void StatusRead(IReadOnlyList<HostStatus> statuses, bool isWhole, TimeSpan duration)
    {
        StatusDuration.Record(duration.TotalSeconds);
        if (isWhole && Hosts.Enabled)
        {
            foreach (var state in Enum.GetValues<HostState>())
            {
                Hosts.Record(
                    statuses.Count(status => status.State == state),
                    new KeyValuePair<string, object?>(StateTag, JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString())));
            }
        }
    }
}
