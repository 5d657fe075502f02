namespace Bento.Machine.Tests;

/// <summary>
/// Switches under a real systemd, as NixOS's own program makes them: what becomes of their verdict, of their log and of what others do
/// meanwhile.
/// </summary>
public sealed class SwitchTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Fact(Timeout = 600_000)]
    public async Task FA4_FA6_the_verdict_and_the_log_of_a_switch_are_those_of_its_unit_whatever_it_restarts()
    {
        await using var fleet = await MachineFleet.StartAsync();
        var machine = fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "1" });
        fleet.PollFirst();

        // systemd-run loses its bus in the middle, and the switch fails after that.
        await fleet.PublishAsync(new MachineSystem
        {
            Version = "2",
            SwitchScript = "systemctl restart dbus; sleep 2; echo the end of the failing switch; exit 1",
        });
        fleet.Poll();
        Assert.EndsWith("-1", fleet.Running, StringComparison.Ordinal);
        Assert.Equal(fleet.Running, fleet.Profile);
        Assert.Equal("rolled-back", await StateAsync(fleet));
        var log = await fleet.LogAsync();
        Assert.Contains("the end of the failing switch", log, StringComparison.Ordinal);
        Assert.Equal(1, Count(log, "the end of the failing switch"));

        // The same with a good end; and what it prints arrives whole, its head and its tail, in order.
        await fleet.PublishAsync(
            new MachineSystem { Version = "3", SwitchScript = "systemctl restart dbus; for n in $(seq 60000); do echo line $n; done" });
        fleet.Poll();
        Assert.EndsWith("-3", fleet.Running, StringComparison.Ordinal);
        Assert.Equal("up-to-date", await StateAsync(fleet));
        log = await fleet.LogAsync();
        Assert.Contains("\nline 1\nline 2\nline 3\n", log.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.True(log.Contains("line 59999\nline 60000", StringComparison.Ordinal), log[^2000..]);

        // Units that failed make it degraded, by name, and the unit of the switch is not one of them.
        await fleet.PublishAsync(
            new MachineSystem { Version = "4", SwitchScript = "systemd-run --unit=broken --service-type=oneshot false; code=4" });
        fleet.Poll();
        var row = await fleet.StatusAsync();
        Assert.EndsWith("-4", fleet.Running, StringComparison.Ordinal);
        Assert.Contains("broken.service", row.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("bento-switch-to-configuration", row.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("broken.service", machine.Run("systemctl", "list-units", "--state=failed", "--plain", "--no-legend").Split(' ')[0]);
    }

    [Fact(Timeout = 600_000)]
    public async Task FA6_a_switch_that_the_agent_does_not_outlive_is_reported_as_it_was()
    {
        await using var fleet = await MachineFleet.StartAsync();
        var machine = fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "1" });
        fleet.PollFirst();

        // The agent is killed in the middle; the switch goes on, and degrades.
        await fleet.PublishAsync(new MachineSystem
        {
            Version = "2",
            SwitchScript = "systemctl kill --signal=KILL bento.service; sleep 3; echo goes on alone; code=4",
        });
        _ = machine.Try("systemctl", "start", "bento.service");
        fleet.Poll();
        Assert.EndsWith("-2", fleet.Running, StringComparison.Ordinal);
        Assert.Contains("degraded", (await fleet.StatusAsync()).GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Count(await fleet.LogAsync(), "goes on alone"));
        Assert.Equal("1", machine.Run("grep", "--count", "--", "-2$", "/var/log/switch-calls"));

        // The agent that stays is restarted by a switch that changes it, and goes on with it.
        await fleet.PublishAsync(new MachineSystem { Version = "3", IsResident = true });
        fleet.Poll();
        await machine.UntilAsync(Soon, "systemctl", "is-active", "--quiet", "bento-resident.service");
        Assert.Equal("inactive", machine.Try("systemctl", "is-active", "bento.timer").Output);

        await fleet.PublishAsync(new MachineSystem { Version = "4", IsResident = true, PollSeconds = 2 });
        await machine.UntilAsync(Soon, "sh", "-c", "readlink /run/current-system | grep -q -- -4$");
        await UntilStateAsync(fleet, "up-to-date");
        Assert.Contains("\"pollSeconds\":2", machine.Run("cat", "/etc/bento/agent.json"), StringComparison.Ordinal);

        // And back to the timer: nothing of the agent that stayed is left.
        await fleet.PublishAsync(new MachineSystem { Version = "5", IntervalSeconds = 12 });
        await machine.UntilAsync(Soon, "sh", "-c", "readlink /run/current-system | grep -q -- -5$");
        await machine.UntilAsync(Soon, "systemctl", "is-active", "--quiet", "bento.timer");
        await UntilStateAsync(fleet, "up-to-date");
        Assert.NotEqual("active", machine.Try("systemctl", "is-active", "bento-resident.service").Output);
    }

    [Fact(Timeout = 600_000)]
    public async Task FA13_what_fails_before_anything_is_touched_is_waited_for_and_never_undone()
    {
        await using var fleet = await MachineFleet.StartAsync();
        var machine = fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "1" });
        fleet.PollFirst();
        var first = fleet.Running;

        // Somebody's nixos-rebuild has the lock.
        await fleet.PublishAsync(new MachineSystem { Version = "2", PreSwitchCheck = "! test -e /run/not-now" });
        machine.Run(
            "sh", "-c", "(flock 8; exec sleep 300) 8> /run/nixos/switch-to-configuration.lock > /dev/null 2>&1 & echo $! > /run/holder");
        fleet.Poll();
        Assert.Equal((first, first), (fleet.Running, fleet.Profile));
        Assert.DoesNotContain("rolled-back", (await fleet.StatusAsync()).GetRawText(), StringComparison.Ordinal);
        machine.Run("sh", "-c", "kill $(cat /run/holder)");

        // The check before the switch says no.
        machine.Run("touch", "/run/not-now");
        fleet.Poll();
        Assert.Equal((first, first), (fleet.Running, fleet.Profile));
        Assert.Equal(string.Empty, machine.Run("sh", "-c", "grep -- -2$ /var/log/switch-calls || true"));
        var row = await fleet.StatusAsync();
        Assert.Equal("failing", row.GetProperty("state").GetString());
        Assert.Contains("before", row.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<string?> StateAsync(MachineFleet fleet) => (await fleet.StatusAsync()).GetProperty("state").GetString();

    private static async Task UntilStateAsync(MachineFleet fleet, string state)
    {
        using var deadline = new CancellationTokenSource(Soon);
        while (await StateAsync(fleet) is var now && now != state)
        {
            Assert.False(
                deadline.IsCancellationRequested,
                string.Join(
                    '\n',
                    $"The host is {now} and not {state}: {(await fleet.StatusAsync()).GetRawText()}",
                    fleet.Machine.Try("systemctl", "list-timers", "--all", "--no-pager").Output,
                    fleet.Machine.Try("systemctl", "show", "bento.timer", "bento.service").Output,
                    fleet.Machine.Try("journalctl", "--no-pager", "-n", "60").Output));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
