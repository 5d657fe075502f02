using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Hosts that get their systems whole, and disks: what is shared is there once, and a full one leaves nothing half.</summary>
[Trait("Uses", "Nix")]
public sealed class SmallHostDiskTests
{
    private const int LargeBytes = 4_000_000;
    private static readonly HostName Web = HostName.Parse("web");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task FP2_a_closure_that_the_server_has_no_room_for_is_not_half_published()
    {
        Assert.SkipUnless(Shell.IsRoot, "Only root mounts a file system.");
        using var disk = new TinyDisk("size=3m");
        using var bench = On(disk.FullPath);
        bench.LargeScript = SmallHostBench.Random(LargeBytes);
        bench.WriteSystems("1", "web");

        var failed = Assert.Single((await bench.DeployAsync()).Hosts);

        Assert.Contains("No space left on device", failed.Failure?.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(disk["web/release.json"]));
        Shell.Run("mount", "-o", "remount,size=64m", disk.FullPath);
        Assert.Equal(DeployOutcome.Published, Assert.Single((await bench.DeployAsync()).Hosts).Outcome);
        bench.Forget();
        Assert.Equal(AttemptOutcome.Succeeded, (await bench.RunAgentAsync(Web)).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task FD2_a_closure_that_does_not_fit_is_not_begun_and_comes_when_there_is_room()
    {
        Assert.SkipUnless(Shell.IsRoot, "Only root mounts a file system.");
        using var disk = new TinyDisk("size=8m");
        using var bench = await PublishedAsync();

        var full = await bench.RunAgentAsync(Web, configure: options => options.StateDirectory = disk["state"]);

        Assert.Equal(AttemptOutcome.FetchFailed, full.Outcome);
        Assert.Matches(@"does not fit on the disk: \d+ MiB are needed in '.*', and \d+ MiB are free", full.Reason);
        Shell.Run("mount", "-o", "remount,size=64m", disk.FullPath);
        Assert.Equal(AttemptOutcome.Succeeded, (await bench.RunAgentAsync(
            Web, TimeSpan.FromDays(1), options => options.StateDirectory = disk["state"])).Outcome);
        Assert.False(Directory.Exists(disk["state/closure"]));
    }

    [Fact(Timeout = 120_000)]
    public async Task FD2_a_disk_that_others_fill_during_a_fetch_costs_the_attempt_alone()
    {
        Assert.SkipUnless(Shell.IsRoot, "Only root mounts a file system.");
        using var disk = new TinyDisk("size=64m");
        using var bench = await PublishedAsync();

        // There was room when it was looked for: whole files are where the fetch writes parts of them only at its end.
        var nars = Directory.CreateDirectory(disk["state/closure/nar"]).FullName;
        Shell.Run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", nars);
        var full = await bench.RunAgentAsync(Web, configure: options => options.StateDirectory = disk["state"]);
        Shell.Run("umount", nars);

        Assert.Equal(AttemptOutcome.FetchFailed, full.Outcome);
        Assert.Contains("No space left on device", full.Reason, StringComparison.Ordinal);
        Assert.Equal(AttemptOutcome.Succeeded, (await bench.RunAgentAsync(
            Web, TimeSpan.FromDays(1), options => options.StateDirectory = disk["state"])).Outcome);
    }

    [Fact(Timeout = 240_000)]
    public async Task Fifty_hosts_that_share_nine_tenths_take_little_more_on_the_server_than_one()
    {
        using var areas = new TempDirectory();
        using var bench = On(areas.FullPath);
        var hosts = Enumerable.Range(1, 50).Select(number => $"web{number}").ToArray();
        bench.LargeScript = SmallHostBench.Random(9 * OwnBytes);
        bench.OwnScript = host => $"''/usr/bin/head -c {OwnBytes} /dev/urandom > $out; echo {host} >> $out''";
        bench.WriteSystems("1", hosts);

        Assert.All((await bench.DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Published, host.Outcome));

        // What each would take alone, fifty times; and what the disk has, where a file with several names counts once.
        var apart = hosts.Sum(host => SmallHostBench.Stored(areas.FullPath, HostName.Parse(host)).Sum(file => new FileInfo(file).Length));
        var together = long.Parse(
            Shell.Run("du", "--summarize", "--bytes", areas.FullPath).Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture);
        TestContext.Current.SendDiagnosticMessage($"{together} bytes on the disk instead of {apart}");
        Assert.InRange(apart, 50 * 10 * OwnBytes, 50 * 11 * OwnBytes);
        Assert.InRange(together, (50 + 9) * OwnBytes, apart / 5);
    }

    private const int OwnBytes = 200_000;

    private static SmallHostBench On(string areas) => new(TestFleet.With(
        operators => operators.UseLocalDirectory(options => options.Directory = areas),
        (agent, _) => agent.UseLocalDirectory(options => options.Directory = areas)));

    private static async Task<SmallHostBench> PublishedAsync()
    {
        var bench = new SmallHostBench { LargeScript = SmallHostBench.Random(LargeBytes) };
        bench.WriteSystems("1", "web");
        Assert.True((await bench.DeployAsync()).IsSuccess);
        bench.Forget();
        return bench;
    }
}
