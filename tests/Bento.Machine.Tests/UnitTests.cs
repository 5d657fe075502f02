using System.Globalization;
using System.Text;

namespace Bento.Machine.Tests;

/// <summary>What the units of the module are held to, and their watchdog, under a real systemd.</summary>
public sealed class UnitTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(4);

    /// <summary>By number: those of the module's CapabilityBoundingSet.</summary>
    private static readonly int[] Withheld = [16, 17, 25, 30, 32, 33, 34, 35, 38, 39];

    [Fact(Timeout = 600_000)]
    public async Task What_the_agent_starts_has_not_what_no_build_needs_and_a_switch_has_all()
    {
        await using var fleet = await MachineFleet.StartAsync();
        var machine = fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "1" });
        fleet.PollFirst();

        const string probe =
            """
            touch $out/file
            chmod u+s $out/file && echo set-user-id >> $out/could
            chrt --fifo 1 true && echo realtime >> $out/could
            unshare --mount true && echo sandbox >> $out/could
            cat /proc/self/status >> $out/could
            """;
        await fleet.PublishAsync(new MachineSystem
        {
            Version = "2",
            Parts = 1,
            PartScript = $"set +e\n{probe}\nchmod u-s $out/file",
            SwitchScript = $"out=/var/log/switch; mkdir -p $out\n{probe}",
        });
        fleet.Poll();

        Assert.EndsWith("-2", fleet.Running, StringComparison.Ordinal);
        var (build, its) = Read(machine.Sh("cat /run/current-system/parts/*/could"));
        Assert.Equal(["sandbox"], build);
        Assert.Equal("1", its["NoNewPrivs"]);
        Assert.DoesNotContain(Withheld, capability => Has(its["CapBnd"], capability));
        var (switching, whole) = Read(machine.Run("cat", "/var/log/switch/could"));
        Assert.Equal(["set-user-id", "realtime", "sandbox"], switching);
        Assert.Equal("0", whole["NoNewPrivs"]);
        Assert.Equal(Withheld, Withheld.Where(capability => Has(whole["CapBnd"], capability)));
    }

    [Fact(Timeout = 900_000)]
    public async Task An_agent_that_stays_is_restarted_when_it_stands_still_and_not_while_it_builds()
    {
        await using var fleet = await MachineFleet.StartAsync();
        var machine = fleet.Machine;
        machine.Put(
            "/etc/systemd/system/bento-resident.service.d/soon.conf",
            Encoding.UTF8.GetBytes("[Service]\nWatchdogSec=30s\nRestartSec=1s\n"),
            UnixFileMode.UserRead);
        await fleet.PublishAsync(new MachineSystem { Version = "1", IsResident = true });
        fleet.PollFirst();
        await machine.UntilAsync(Soon, "systemctl", "is-active", "--quiet", "bento-resident.service");
        Assert.Equal("30s", machine.Run("systemctl", "show", "--property=WatchdogUSec", "--value", "bento-resident.service"));

        await fleet.PublishAsync(new MachineSystem { Version = "2", IsResident = true, Parts = 1, PartScript = "sleep 75" });
        await machine.UntilAsync(Soon, "sh", "-c", "readlink /run/current-system | grep -q -- -2$");
        Assert.Equal("0", Restarts(machine));

        machine.Run("systemctl", "kill", "--kill-whom=main", "--signal=STOP", "bento-resident.service");
        await machine.UntilAsync(Soon, "sh", "-c", "test $(systemctl show --property=NRestarts --value bento-resident.service) = 1");
        Assert.Contains(
            "Watchdog timeout", machine.Run("journalctl", "--no-pager", "--unit=bento-resident.service"), StringComparison.Ordinal);
        await fleet.PublishAsync(new MachineSystem { Version = "3", IsResident = true });
        await machine.UntilAsync(Soon, "sh", "-c", "readlink /run/current-system | grep -q -- -3$");
        Assert.Equal("1", Restarts(machine));
    }

    private static string Restarts(Machine machine) =>
        machine.Run("systemctl", "show", "--property=NRestarts", "--value", "bento-resident.service");

    private static (IReadOnlyList<string> Could, IReadOnlyDictionary<string, string> Status) Read(string text)
    {
        var lines = text.Split('\n');
        var status = lines.Where(line => line.Contains(':')).Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
        return ([.. lines.Where(line => line.Length > 0 && !line.Contains(':'))], status);
    }

    private static bool Has(string set, int capability) =>
        ((ulong.Parse(set, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> capability) & 1) == 1;
}
