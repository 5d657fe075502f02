using System.Diagnostics.Metrics;
using Bento.Status;

namespace Bento.Telemetry;

/// <summary>What is counted and measured.</summary>
internal static class Instruments
{
    /// <summary>From a look at one host to a build of a night: the usual boundaries are made for milliseconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.02, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14400],
    };

    private static readonly Histogram<double> StatusDuration = Duration("bento.status.duration", "How long one look at the fleet took.");
    private static readonly Gauge<int> Hosts = BentoTelemetry.Meter.CreateGauge<int>(
        "bento.status.hosts", "{host}", "How many hosts are in a state, as the last look at all of them found.");

    private static readonly Counter<long> TransferredBytes = BentoTelemetry.Meter.CreateCounter<long>(
        "bento.sftp.io", "By", "Content of files that was sent and received.");

    private static readonly Counter<int> Refusals = BentoTelemetry.Meter.CreateCounter<int>(
        "bento.agent.refusals", "{release}", "Releases that the agent refused, each time it read one.");

    private static readonly Counter<int> Deployed = BentoTelemetry.Meter.CreateCounter<int>(
        "bento.deploy.hosts", "{host}", "Hosts that an operation on the fleet ended with, by outcome.");

    public static Counter<int> ReportsAccepted { get; } = BentoTelemetry.Meter.CreateCounter<int>(
        "bento.reports.accepted", "{report}", "Reports of hosts that were taken into the status store.");

    public static Counter<int> ConnectRetries { get; } = BentoTelemetry.Meter.CreateCounter<int>(
        "bento.connect.retries", "{retry}", "Connections that failed and were tried again.");

    public static Histogram<double> OperationDuration { get; } = Duration(
        "bento.operation.duration", "How long an operation on the fleet took.");

    public static Histogram<double> AttemptDuration { get; } = Duration(
        "bento.agent.attempt.duration", "How long an attempt took in this run of the agent; its count is that of the attempts.");

    public static Histogram<double> PhaseDuration { get; } = Duration("bento.agent.phase.duration", "How long a phase of an attempt took.");

    public static Histogram<double> ProcessDuration { get; } = Duration(
        "bento.process.duration", "How long a program ran: Nix, git, ssh-keygen.");

    public static void StatusRead(string fleet, IReadOnlyList<HostStatus> statuses, bool isWhole, TimeSpan duration)
    {
        StatusDuration.Record(duration.TotalSeconds, Tag(TagNames.Fleet, fleet));
        if (isWhole && Hosts.Enabled)
        {
            foreach (var state in Enum.GetValues<HostState>())
            {
                Hosts.Record(
                    statuses.Count(status => status.State == state), Tag(TagNames.Fleet, fleet), Tag(TagNames.State, Words.Of(state)));
            }
        }
    }

    public static void HostEnded<TOutcome>(string fleet, string operation, TOutcome outcome)
        where TOutcome : struct, Enum
    {
        if (Deployed.Enabled)
        {
            Deployed.Add(
                1, Tag(TagNames.Fleet, fleet), Tag(TagNames.Operation, operation), Tag(TagNames.Outcome, Words.Of(outcome)));
        }
    }

    public static void Refused<TRefusal>(TRefusal refusal)
        where TRefusal : struct, Enum
    {
        if (Refusals.Enabled)
        {
            Refusals.Add(1, Tag(TagNames.Refusal, Words.Of(refusal)));
        }
    }

    public static void Sent(long bytes) => TransferredBytes.Add(bytes, Tag(TagNames.Direction, "transmit"));

    public static void Received(long bytes) => TransferredBytes.Add(bytes, Tag(TagNames.Direction, "receive"));

    public static KeyValuePair<string, object?> Tag(string name, string? value) => new(name, value);

    private static Histogram<double> Duration(string name, string description) =>
        BentoTelemetry.Meter.CreateHistogram(name, "s", description, tags: null, Seconds);
}
