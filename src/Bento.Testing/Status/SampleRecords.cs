using Bento.Protocol;
using Bento.Status;

namespace Bento.Testing.Status;

/// <summary>Records with a value in everything that may have one.</summary>
internal static class SampleRecords
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1_234_567);
    private static readonly ReleaseId Id = ReleaseId.Parse("0123456789abcdef0123456789abcdef");
    private static readonly StorePath System = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-lab-1");

    public static HostRecord Full(HostName host) => WithAttempt(WithRelease(HostRecord.Empty, host, 1), 1) with
    {
        BashLogs =
        [
            new BashLog { Stamp = "20260102-0304", System = System, Outcome = BashOutcome.Success, Received = At },
        ],
        Heartbeat = new Heartbeat
        {
            At = At,
            Interval = TimeSpan.FromMinutes(10),
            Agent = "0.1.0",
            Running = System,
            Booted = System,
            Release = Id,
            Refusal = Refusal.Stale,
            Detail = "„Größe“ \ud83c\udf71 'x' \\ \"y\"",
            RebootPendingSince = At,
            IsBootedOld = true,
        },
        HeartbeatReceived = At,
    };

    public static HostRecord WithRelease(HostRecord record, HostName host, long sequence) => record with
    {
        Releases = [new PublishedRelease { Release = Release(host, sequence), At = At, By = "alice@admin" }, .. record.Releases],
    };

    public static HostRecord WithAttempt(HostRecord record, int attempt) => record with
    {
        Attempts =
        [
            new RecordedAttempt(new ReleaseNumber(0, 1), attempt)
            {
                Start = new AttemptStart { Release = Id, Number = new(0, 1), Attempt = attempt, At = At, Running = System },
                Result = new AttemptResult
                {
                    Release = Id,
                    Number = new(0, 1),
                    Attempt = attempt,
                    At = At,
                    Duration = TimeSpan.FromSeconds(83),
                    Outcome = AttemptOutcome.Degraded,
                    Reason = "nginx.service failed: „ö“",
                    Running = System,
                    FailedUnits = ["nginx.service", "ä.mount"],
                },
                Log = LogState.Kept,
                Received = At,
            },
            .. record.Attempts,
        ],
    };

    private static Release Release(HostName host, long sequence) => new()
    {
        Fleet = FleetName.Parse("bento"),
        Host = host,
        Number = new ReleaseNumber(0, sequence),
        Id = Id,
        Issued = At,
        Expires = At.AddDays(30),
        Kind = ConfigurationKind.Flake,
        Attribute = host.ToString(),
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 1234,
            FileCount = 5,
            TreeHash = TreeHash.FromBytes(new byte[32]),
        },
        ExpectedSystem = System,
        Policy = HostPolicy.Default with
        {
            HealthChecks =
            [
                new HealthCheck.Unit("nginx.service", TimeSpan.FromSeconds(7)),
                new HealthCheck.Command(["true"], TimeSpan.FromSeconds(1)),
            ],
        },
    };
}
