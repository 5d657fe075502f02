using System.Diagnostics;
using System.Globalization;
using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Hosts that wait before they switch, on a real Nix: for a window, for a program at work, for the end of a freeze.</summary>
public sealed class HostWaitTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task Outside_its_window_a_host_builds_and_waits_and_switches_when_it_opens()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        var opens = DateTimeOffset.UtcNow.AddHours(2);
        var window = $"{opens.ToString("ddd HH:00", CultureInfo.InvariantCulture)}-{opens.AddHours(2):HH}:00 UTC";
        _ = await fleet.DeployAsync(configure: options => options.Hosts["web"] = new BentoHostOptions { SwitchWindow = window });

        var held = await fleet.RunAgentAsync(Web);
        var status = await fleet.StatusAsync(Web);
        var before = fleet.SwitchCount(Web);
        var again = await fleet.RunAgentAsync(Web);
        var opened = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(2));

        Assert.Equal((AgentConclusion.Waiting, AgentConclusion.Waiting, 0), (held.Conclusion, again.Conclusion, before));
        Assert.Contains($"({window}), which opens at {opens:yyyy-MM-dd HH}:00:00Z", held.Reason, StringComparison.Ordinal);
        Assert.Equal((HostState.Updating, StatusFlags.Held), (status.State, status.Flags));
        Assert.Contains("waits for its window", status.Reason, StringComparison.Ordinal);
        Assert.Equal((AttemptOutcome.Succeeded, 1), (opened.Outcome, fleet.SwitchCount(Web)));
        Assert.Equal(StatusFlags.None, (await fleet.StatusAsync(Web)).Flags);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_lock_that_a_program_holds_holds_a_switch_back_for_so_long_and_no_longer()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        var file = Path.Join(fleet.Directory, "backup.lock");
        var options = new BentoHostOptions { HoldBack = new HoldBackOptions { AtMost = TimeSpan.FromHours(3) } };
        options.HoldBack.LockFiles.Add(file);
        _ = await fleet.DeployAsync(configure: fleetOptions => fleetOptions.Hosts["web"] = options);
        using var backup = Process.Start("flock", [file, "sleep", "60"]);
        while (!File.Exists(file) || !File.ReadLines("/proc/locks").Any(line => line.Contains("FLOCK", StringComparison.Ordinal)))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var held = await fleet.RunAgentAsync(Web);
        var stillHeld = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(2));
        var over = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(4));
        backup.Kill(entireProcessTree: true);

        Assert.Contains($"holds '{file}'", held.Reason, StringComparison.Ordinal);
        Assert.Contains("It goes on all the same after", held.Reason, StringComparison.Ordinal);
        Assert.Equal((AgentConclusion.Waiting, AttemptOutcome.Succeeded), (stillHeld.Conclusion, over.Outcome));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_lock_file_that_nobody_holds_holds_nothing_back()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        var file = Path.Join(fleet.Directory, "backup.lock");
        await File.WriteAllTextAsync(file, "2147480000", TestContext.Current.CancellationToken);
        var options = new BentoHostOptions();
        options.HoldBack.LockFiles.Add(file);
        _ = await fleet.DeployAsync(configure: fleetOptions => fleetOptions.Hosts["web"] = options);

        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_frozen_host_takes_nothing_until_that_is_over_and_no_older_release_ends_it()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync();
        var release = Path.Join(fleet.Directory, ".bento", "areas", "web", "release.json");
        var unfrozen = await File.ReadAllBytesAsync(release, TestContext.Current.CancellationToken);
        var now = DateTimeOffset.UtcNow;
        await FreezeAsync(fleet, new HostFreeze { Reason = "sale", Since = now, Until = now.AddHours(1) });

        var frozen = await fleet.RunAgentAsync(Web);
        var status = await fleet.StatusAsync(Web);
        var switches = fleet.SwitchCount(Web);
        var signed = await File.ReadAllBytesAsync(release, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(release, unfrozen, TestContext.Current.CancellationToken);
        var replayed = await fleet.RunAgentAsync(Web);
        await File.WriteAllBytesAsync(release, signed, TestContext.Current.CancellationToken);
        var over = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(2));

        Assert.Equal((AgentConclusion.Waiting, 1), (frozen.Conclusion, switches));
        Assert.Contains("the operator froze this host until", frozen.Reason, StringComparison.Ordinal);
        Assert.Equal((HostState.RebuildPending, StatusFlags.Frozen), (status.State, status.Flags));
        Assert.EndsWith(": sale.", status.Reason, StringComparison.Ordinal);
        Assert.Equal(Refusal.Rollback, replayed.Refusal);
        Assert.Equal((AttemptOutcome.Succeeded, 2), (over.Outcome, fleet.SwitchCount(Web)));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_freeze_holds_also_the_reboot_that_an_earlier_release_left_to_do()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        fleet.Boot(Web);
        var window = DateTimeOffset.UtcNow.AddHours(2);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", Kernel = "6.12" }));
        _ = await fleet.DeployAsync(configure: options => options.Hosts["web"] = new BentoHostOptions
        {
            Reboot = true,
            RebootWindow = $"{window:HH}:00-{window.AddHours(1):HH}:00 UTC",
        });
        _ = await fleet.RunAgentAsync(Web);
        await FreezeAsync(fleet, new HostFreeze { Reason = "sale", Since = DateTimeOffset.UtcNow });

        var frozen = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(2));
        await FreezeAsync(fleet, null);
        var reboots = 0;
        var free = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(2), reboot: () => reboots++);

        Assert.Equal(AgentConclusion.Waiting, frozen.Conclusion);
        Assert.Equal((AttemptOutcome.Succeeded, 1), (free.Outcome, reboots));
    }

    private static async Task FreezeAsync(TestFleet fleet, HostFreeze? freeze)
    {
        await using var services = fleet.Operator(null);
        var report = await services.GetRequiredService<IHostFreezer>().FreezeAsync(
            new FreezeRequest { Freeze = freeze }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSuccess);
    }
}
