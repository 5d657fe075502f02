using Bento.Agents;
using Bento.Building;
using Bento.Configuration.Documents;
using Bento.Configuration.Editing;
using Bento.Diagnostics;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;

namespace Bento.Cli.Tests.Approved;

/// <summary>A fleet in which everything happens at once.</summary>
internal static class SampleFleet
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly SshPublicKey Key = SshPublicKey.Parse(
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKXDAIfQ4yZdkMgxXXrjBFd8Hgv4XBv1eG0TsfYHaXzQ operator@desk");
    public static readonly StorePath Wanted = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-web-25.05");
    public static readonly StorePath Before = StorePath.Parse("/nix/store/zyxwvsrqpnmlkjihgfdcba9876543210-nixos-system-web-24.11");

    public static readonly ClosureDifference Difference = new()
    {
        Packages = [
            new PackageChange
            {
                Name = "firefox",
                Kind = PackageChangeKind.Changed,
                Before = ["138.0"],
                After = ["139.0.1"],
                BytesDelta = 3_400_000,
            },
            new PackageChange
            {
                Name = "hello",
                Kind = PackageChangeKind.Added,
                Before = [],
                After = ["2.12.1"],
                BytesDelta = 226_000,
            },
            new PackageChange
            {
                Name = "linux",
                Kind = PackageChangeKind.Changed,
                Before = ["6.6.1"],
                After = ["6.12.30"],
                BytesDelta = -1_200_000,
            },
            new PackageChange
            {
                Name = "python3",
                Kind = PackageChangeKind.Removed,
                Before = ["3.11.9"],
                After = [],
                BytesDelta = -118_000_000,
            },
            new PackageChange
            {
                Name = "systemd",
                Kind = PackageChangeKind.Resized,
                Before = ["257.5"],
                After = ["257.5"],
                BytesDelta = 12_000,
            },
        ],
        BytesBefore = 2_410_000_000,
        BytesAfter = 2_294_438_000,
    };

    public static readonly IReadOnlyList<HostStatus> Statuses =
    [
        Status("backup-storage-01", HostState.Silent, "No heartbeat for 3 h; it sends one every 15 min.", TimeSpan.FromHours(3)) with
        {
            Flags = StatusFlags.Drift | StatusFlags.RebootPending,
        },
        Status(
            "db",
            HostState.Failing,
            "Release 7: The build failed: error: builder for '/nix/store/…-app.drv' failed with exit code 1.",
            TimeSpan.FromHours(2)) with { Running = Before, Remarks = ["1 foreign entry in logs/."] },
        Status("laptop", HostState.RebuildPending, "Release 7 waits to be fetched; it describes another system.", TimeSpan.FromDays(
            12)) with { Running = Before },
        Status("mail", HostState.Updating, "Release 7: The host began 4 min ago.", TimeSpan.FromMinutes(4)) with { Running = Before },
        Status("new", HostState.NewMachine, "It has never reported.", null) with { Running = null, LastSeen = null, Since = null },
        Status("web", HostState.UpToDate, "Release 7: The host switched to the system.", TimeSpan.FromDays(3)),
    ];

    public static readonly DeployPlan Plan = new(
        [
            new HostPlan(Name("db"), PlannedChange.Files) { Current = Release(6), Fingerprint = "b" },
            new HostPlan(Name("laptop"), PlannedChange.None),
            new HostPlan(Name("mail"), PlannedChange.Failed)
            {
                Failure = new Failure(FailureKind.Evaluation, "hosts/mail does not evaluate: error: undefined variable 'pkgz'"),
            },
            new HostPlan(Name("new"), PlannedChange.First) { System = Wanted, Fingerprint = "c" },
            new HostPlan(Name("web"), PlannedChange.System)
            {
                Current = Release(6),
                CurrentSystem = Before,
                System = Wanted,
                Difference = Difference,
                NeedsReboot = true,
                RebootsItself = true,
                Fingerprint = "a",
            },
        ],
        [new FleetProblem("hosts/empty", "It has neither a flake.nix nor a configuration.nix.")])
    {
        Remarks = ["hosts/web: the link 'result' is not shipped."],
    };

    public static readonly DeployReport Report = new(
        [
            new HostDeployment(Name("backup-storage-01"), DeployOutcome.Unchanged) { Number = Release(6), System = Wanted },
            new HostDeployment(Name("db"), DeployOutcome.Failed)
            {
                Failure = new Failure(FailureKind.Build, "hosts/db does not build: builder for 'app.drv' failed")
                {
                    NextStep = "Run: bento build --on db --verbose",
                },
                LogTail = ["cc main.c", "main.c:1: error"],
            },
            new HostDeployment(Name("web"), DeployOutcome.Published) { Number = Release(7), System = Wanted },
        ],
        []);

    public static readonly DeployReport Forecast = new([new HostDeployment(Name("web"), DeployOutcome.Evaluated) { System = Wanted }], [])
    {
        Forecast = new BuildForecast([Wanted], [Before]),
    };

    public static readonly IReadOnlyList<HostDifference> Differences =
    [
        new HostDifference { Host = Name("db"), Running = Wanted, Wanted = Wanted },
        new HostDifference { Host = Name("laptop"), Running = Before, Wanted = Wanted, Missing = [Before] },
        new HostDifference { Host = Name("new"), Running = null, Wanted = Wanted },
        new HostDifference { Host = Name("web"), Running = Before, Wanted = Wanted, Packages = Difference },
        new HostDifference { Host = Name("wild"), Running = Before, Wanted = null },
    ];

    public static readonly IReadOnlyList<HostEntry> Hosts =
    [
        new HostEntry
        {
            Name = Name("backup-storage-01"),
            Tags = ["lab", "arm"],
            Key = Key,
            HasConfiguration = true,
            HasArea = true,
        },
        new HostEntry
        {
            Name = Name("db"),
            Tags = [],
            Key = null,
            HasConfiguration = null,
            HasArea = true,
        },
        new HostEntry
        {
            Name = Name("gone"),
            Tags = [],
            Key = null,
            HasConfiguration = false,
            HasArea = false,
        },
    ];

    public static readonly IReadOnlyList<Finding> Findings =
    [
        new Finding
        {
            Subject = "keys",
            Kind = FindingKind.Problem,
            Message = "There is no signing key '/fleet/.bento/signing-key'.",
            NextStep = "Put it back, name another one in signing.keys, or make one: ssh-keygen -t ed25519 -f /fleet/.bento/signing-key",
        },
        new Finding
        {
            Subject = "records",
            Kind = FindingKind.Warning,
            Message = "Release 7 expires at 2026-03-05 12:00:00Z.",
            Host = Name("web"),
            NextStep = new NextStep("Refresh releases by a timer, or this one now.")
            {
                Verb = NextStepVerb.Refresh,
                Host = Name("web"),
            },
        },
        new Finding
        {
            Subject = "sshd",
            Kind = FindingKind.Unknown,
            Message = "Only root can ask sshd what it would do with a host.",
            NextStep = new NextStep("Ask as root.") { Verb = NextStepVerb.Examine, NeedsRoot = true },
        },
    ];

    public static readonly HostHistory History = new(Name("web"), new HostRecord
    {
        Releases =
        [
            new PublishedRelease { Release = Published(7), At = Now.AddHours(-2), By = "root@desk" },
            new PublishedRelease { Release = Published(6), At = Now.AddDays(-9), By = "root@desk" },
        ],
        Attempts =
        [
            new RecordedAttempt(Release(7), 2) { Received = Now.AddMinutes(-5) },
            new RecordedAttempt(Release(7), 1)
            {
                Received = Now.AddMinutes(-90),
                Log = LogState.Kept,
                Result = new AttemptResult
                {
                    Release = Published(7).Id,
                        Number = Release(7),
                        Attempt = 1,
                        At = Now,
                        Duration = TimeSpan.FromMinutes(3),
                        Outcome = AttemptOutcome.RolledBack,
                        Reason = "The health check 'nginx.service' failed, so the host went back to the system that ran before.",
                    },
            },
        ],
    });

    public static readonly BentoFile Trust = new()
    {
        Epoch = 2,
        Signing = new SigningSection { Keys = ["signing-key", "lost-key"], Threshold = 1 },
    };

    public static readonly IReadOnlyList<SigningKeyEntry> Keys =
    [
        new SigningKeyEntry { File = ".bento/signing-key", Path = "/fleet/.bento/signing-key", Key = Key },
        new SigningKeyEntry
        {
            File = "lost-key",
            Path = "/fleet/lost-key",
            Key = null,
            Problem = "There is no signing key '/fleet/lost-key'.",
        },
    ];

    public static readonly AgentState Agent = new()
    {
        Host = Name("web"),
        Machine = new MachineState { Running = Before, Booted = Before, Profile = Wanted },
        Summary = "Release 7: The host switched to the system.",
        Number = Release(7),
        Wanted = Wanted,
        WaitingReportCount = 2,
        Waits = ["A new kernel waits for a reboot since 2026-02-28 03:00 UTC; the window is 02:00-05:00."],
    };

    public static HostStatus Status(string host, HostState state, string reason, TimeSpan? seen) => new()
    {
        Host = Name(host),
        State = state,
        Reason = reason,
        Number = Release(7),
        Expected = Wanted,
        Running = Wanted,
        Since = Now - (seen + TimeSpan.FromMinutes(1)),
        LastSeen = Now - seen,
    };

    public static Release Published(long sequence) => new()
    {
        Fleet = FleetName.Parse("home"),
        Host = Name("web"),
        Number = Release(sequence),
        Id = ReleaseId.Parse(new string('a', 32)),
        Issued = Now,
        Expires = Now.AddDays(30),
        Kind = ConfigurationKind.Flake,
        Attribute = "web",
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 12_345,
            FileCount = 20,
            TreeHash = TreeHash.Parse("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="),
        },
        ExpectedSystem = Wanted,
        Policy = HostPolicy.Default,
    };

    public static HostName Name(string name) => HostName.Parse(name);

    public static ReleaseNumber Release(long sequence) => new(0, sequence);
}
