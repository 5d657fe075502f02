using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>A host whose kernel changed, on a real Nix.</summary>
public sealed class RebootTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task A_new_kernel_reboots_the_host_after_its_report_and_once()
    {
        using var fleet = await BootedAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", Kernel = "6.12" }));
        _ = await fleet.DeployAsync(configure: Allow());
        var stateAtReboot = HostState.NewMachine;

        var result = await fleet.RunAgentAsync(Web, reboot: () => stateAtReboot = fleet.StatusAsync(Web).GetAwaiter().GetResult().State);
        var before = await fleet.StatusAsync(Web);
        fleet.Boot(Web);
        _ = await fleet.RunAgentAsync(Web);
        var after = await fleet.StatusAsync(Web);

        Assert.Equal(AttemptOutcome.Succeeded, result.Outcome);
        Assert.EndsWith("The host reboots.", result.Reason, StringComparison.Ordinal);
        Assert.Equal(HostState.UpToDate, stateAtReboot);
        Assert.Equal((StatusFlags.RebootPending, StatusFlags.None), (before.Flags, after.Flags));
    }

    [Fact(Timeout = 120_000)]
    public async Task FX1_a_reboot_that_never_came_is_ordered_again()
    {
        using var fleet = await BootedAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", Kernel = "6.12" }));
        _ = await fleet.DeployAsync(configure: Allow());
        var reboots = 0;

        _ = await fleet.RunAgentAsync(Web, reboot: () => reboots++);
        _ = await fleet.RunAgentAsync(Web, reboot: () => reboots++);

        Assert.Equal(2, reboots);
    }

    [Fact(Timeout = 120_000)]
    public async Task FX3_a_host_that_comes_up_with_the_old_system_says_so_and_is_not_rebooted_again()
    {
        using var fleet = await BootedAsync();
        var old = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", Kernel = "6.12" }));
        _ = await fleet.DeployAsync(configure: Allow());
        _ = await fleet.RunAgentAsync(Web, reboot: () => { });

        fleet.Boot(Web, old);
        _ = await fleet.RunAgentAsync(Web);
        var status = await fleet.StatusAsync(Web);

        Assert.Equal(HostState.Failing, status.State);
        Assert.True(status.Flags.HasFlag(StatusFlags.BootedOld));
        Assert.Contains("older system", status.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Outside_its_window_a_host_waits_and_says_since_when()
    {
        using var fleet = await BootedAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", Kernel = "6.12" }));
        var hour = TimeOnly.FromDateTime(DateTime.Now).AddHours(2);
        _ = await fleet.DeployAsync(configure: Allow(new TimeWindow(new TimeOnly(hour.Hour, 0), new TimeOnly(hour.AddHours(1).Hour, 0))));

        var held = await fleet.RunAgentAsync(Web);
        var status = await fleet.StatusAsync(Web);
        var reboots = 0;
        _ = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(2), reboot: () => reboots++);

        Assert.Equal((AttemptOutcome.Succeeded, StatusFlags.RebootPending, 1), (held.Outcome, status.Flags, reboots));
    }

    [Fact(Timeout = 120_000)]
    public async Task FX2_a_report_that_cannot_be_delivered_does_not_hold_the_reboot_back()
    {
        using var fleet = await BootedAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", Kernel = "6.12" }));
        var hour = TimeOnly.FromDateTime(DateTime.Now).AddHours(2);
        _ = await fleet.DeployAsync(configure: Allow(new TimeWindow(new TimeOnly(hour.Hour, 0), new TimeOnly(hour.AddHours(1).Hour, 0))));
        _ = await fleet.RunAgentAsync(Web);
        var reboots = 0;

        var away = await fleet.RunAgentAsync(Web, isReachable: () => false, later: TimeSpan.FromHours(2), reboot: () => reboots++);

        Assert.Equal((AgentConclusion.Unreachable, 1), (away.Conclusion, reboots));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_must_not_change_under_a_running_machine_waits_for_the_next_boot()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1", BuildScript = Inhibitors("1") }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        var old = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", BuildScript = Inhibitors("2") }));
        var deployed = Assert.Single((await fleet.DeployAsync()).Hosts).System!.Value.ToString();

        var staged = await fleet.RunAgentAsync(Web);
        var status = await fleet.StatusAsync(Web);
        Assert.Equal(old, fleet.Running(Web));
        fleet.Boot(Web);
        _ = await fleet.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.RebootNeeded, staged.Outcome);
        Assert.Contains("dbus", staged.Reason, StringComparison.Ordinal);
        Assert.EndsWith($"boot {deployed}", File.ReadAllLines(Path.Join(fleet.Run(Web), "switch-calls"))[^1], StringComparison.Ordinal);
        Assert.Equal((StatusFlags.RebootPending, StatusFlags.None), (status.Flags, (await fleet.StatusAsync(Web)).Flags));
        Assert.Equal(deployed, fleet.Running(Web));
    }

    /// <summary>Commands of a builder that give its system the file which NixOS has for this.</summary>
    private static string Inhibitors(string dbus) => $$"""mkdir -p $out; echo '{"dbus":"{{dbus}}","other":"1"}' > $out/switch-inhibitors""";

    private static Action<BentoOptions> Allow(TimeWindow? window = null) =>
        options => options.Hosts["web"] = new BentoHostOptions { Reboot = true, RebootWindow = window?.ToString() };

    /// <summary>A host that was booted into its first release.</summary>
    private static async Task<TestFleet> BootedAsync()
    {
        var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        fleet.Boot(Web);
        return fleet;
    }
}
