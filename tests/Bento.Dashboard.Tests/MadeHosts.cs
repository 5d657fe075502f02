using Bento.Protocol;
using Bento.Status;

namespace Bento.Dashboard.Tests;

/// <summary>Hosts as a look sees them, made from numbers: the same ones each time.</summary>
internal static class MadeHosts
{
    private static readonly string[] Kinds = ["web", "db", "mail", "pi", "laptop", "build", "edge", "cam"];

    private static readonly (string Commit, string? Tag, string Subject)[] Commits =
    [
        ("9c1f2e7ab0d34c5566778899aabbccddeeff0011", null, "Close the firewall of the mail hosts"),
        ("41d7a90c55e24c5566778899aabbccddeeff0011", "v25.11.2", "Update nixpkgs"),
        ("b02e6cfe31f84c5566778899aabbccddeeff0011", null, "Move the logs to their own disk"),
    ];

    public static StorePath System(int n)
    {
        var first = "0123456789abcdfghijklmnpqrsvwxyz"[n % 32];
        return StorePath.Parse($"/nix/store/{first}7kq2mnp5rs0123456789abcdfgh{n % 10}xyz-nixos-system-host-25.11.20261129");
    }

    public static Provenance Commit(int n, DateTimeOffset now) => new()
    {
        Commit = Commits[n].Commit,
        Tag = Commits[n].Tag,
        Subject = Commits[n].Subject,
        Branch = "main",
        CommittedAt = now.AddDays(-1 - n),
    };

    public static IReadOnlyList<HostStatus> Fleet(int count, DateTimeOffset now) =>
        [.. Enumerable.Range(0, count).Select(n => Host(n, now)).OrderBy(host => host.Host)];

    public static HostStatus Host(int n, DateTimeOffset now)
    {
        var status = new HostStatus
        {
            Host = HostName.Parse($"{Kinds[n % Kinds.Length]}-{1 + (n / Kinds.Length)}"),
            State = HostState.UpToDate,
            Reason = "Reported success.",
            Number = new ReleaseNumber(0, 12 + (n % 7)),
            Provenance = Commit(n % 11 == 0 ? 1 : 0, now),
            Expected = System(n),
            Running = System(n),
            AgentVersion = "0.1.0",
            Since = now.AddMinutes(-37 - (n * 7 % 4000)),
            LastSeen = now.AddSeconds(-20 - (n * 13 % 280)),
            LastSuccess = now.AddMinutes(-37 - (n * 7 % 4000)),
            LastDuration = TimeSpan.FromSeconds(41 + (n % 90)),
        };
        return (n % 53) switch
        {
            5 => status with
            {
                State = HostState.Failing,
                Reason = "Build failed: builder for 'nginx-1.28.0.drv' failed with exit code 2.",
                Running = System(n + 1),
            },
            17 => status with
            {
                State = HostState.RolledBack,
                Reason = "Rolled back: the check of unit 'nginx.service' did not pass within 2 min.",
                Running = System(n + 2),
            },
            28 => status with { State = HostState.Silent, Reason = "Last heard 3 days ago.", LastSeen = now.AddDays(-3) },
            36 => status with { Flags = StatusFlags.Degraded, Reason = "Reported success; 1 unit failed: postfix.service." },
            9 or 12 or 25 => status with
            {
                State = HostState.RebuildPending,
                Reason = "Not fetched yet (new system).",
                Running = System(n + 3),
                Provenance = Commit(0, now),
            },
            30 => status with { State = HostState.Updating, Reason = "Began 40 s ago.", Running = System(n + 3) },
            40 => status with { Flags = StatusFlags.RebootPending, Reason = "Reported success; it should reboot." },
            _ => status,
        };
    }

    /// <summary>What the server keeps of such a host: three releases, and what it made of them.</summary>
    public static HostRecord Record(HostStatus host, int seed, DateTimeOffset now)
    {
        var ages = new[] { host.Since is { } since ? (now - since).TotalHours + 0.2 : 1, 52 + (seed * 3 % 40), 110 + (seed * 5 % 30) };
        var releases = ages.Select((hours, n) => new PublishedRelease
        {
            At = now.AddHours(-hours),
            By = "maya@deploy",
            SignedBy = [KeyFingerprint.Of([1, 2, 3])],
            Release = Release(host.Host, (host.Number?.Sequence ?? 3) - n, now.AddHours(-hours), Commit(n, now)),
        }).ToList();
        var isWell = host.State.Weight() == StateWeight.Well;
        var attempts = releases.Skip(isWell || host.State.Weight() == StateWeight.Wrong ? 0 : 1).Select((release, n) =>
        {
            var outcome = n > 0 || isWell ? AttemptOutcome.Succeeded
                : host.State == HostState.RolledBack ? AttemptOutcome.RolledBack : AttemptOutcome.BuildFailed;
            var received = release.At.AddMinutes(4 + (seed % 9));
            return new RecordedAttempt(release.Release.Number, 1)
            {
                Received = received,
                Log = LogState.Kept,
                Result = new AttemptResult
                {
                    At = received,
                    Attempt = 1,
                    Number = release.Release.Number,
                    Release = release.Release.Id,
                    Outcome = outcome,
                    Reason = outcome == AttemptOutcome.Succeeded ? "The host switched to the system." : host.Reason,
                    Duration = TimeSpan.FromSeconds(41 + (seed % 90)),
                },
            };
        });
        return new HostRecord { Releases = releases, Attempts = [.. attempts] };
    }

    private static Release Release(HostName host, long sequence, DateTimeOffset at, Provenance provenance) => new()
    {
        Fleet = FleetName.Parse("made"),
        Host = host,
        Number = new ReleaseNumber(0, sequence),
        Id = ReleaseId.Parse("0123456789abcdef0123456789abcdef"),
        Issued = at,
        Expires = DateTimeOffset.MaxValue,
        Kind = ConfigurationKind.Flake,
        Attribute = host.ToString(),
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 12_345,
            FileCount = 20,
            TreeHash = TreeHash.Parse("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="),
        },
        ExpectedSystem = System(1),
        Policy = HostPolicy.Default,
        Provenance = provenance,
    };
}
