using System.Diagnostics;

namespace Bento.Machine.Tests;

/// <summary>
/// What only a machine with a kernel of its own shows: reboots that the agent asks for, also by kexec, power cuts, and the ceiling of its
/// memory.
/// </summary>
public sealed class QemuTests
{
    private const string LoadsAnotherKernel =
        "kexec --load /vmlinuz --initrd=/initrd.img --append='root=/dev/vda rw console=ttyS0 net.ifnames=0 by=somebody'";

    [Fact(Timeout = 2_400_000)]
    public async Task FX4_a_release_with_another_kernel_reboots_its_host_into_it_and_never_into_a_kernel_that_somebody_loaded()
    {
        await using var fleet = await StartAsync();
        var machine = (QemuMachine)fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "1" });
        fleet.PollFirst();
        BootedInto(machine);
        var before = machine.BootId;

        // Nothing of systemd knows a kernel: the long way. What somebody has loaded must not be booted by it.
        machine.Sh(LoadsAnotherKernel);
        Assert.Equal("1", machine.Run("cat", "/sys/kernel/kexec_loaded"));
        await fleet.PublishAsync(new MachineSystem { Version = "2", Kernel = "6.2" });
        fleet.TryPoll();
        await machine.UntilRebootedAsync(before);
        await AssertRunsAsync(fleet, "2", "by=qemu");

        // A boot loader that systemd can read, as on NixOS: by kexec, into the entry of the new system.
        before = machine.BootId;
        machine.Sh(LoadsAnotherKernel);
        await fleet.PublishAsync(new MachineSystem { Version = "3", Kernel = "6.3", SwitchScript = WritesBootEntry });
        fleet.TryPoll();
        await machine.UntilRebootedAsync(before);
        await AssertRunsAsync(fleet, "3", "by=entry-of-3");
    }

    [Fact(Timeout = 2_400_000)]
    public async Task FB5_FB4_what_takes_all_the_memory_of_the_unit_or_loses_its_power_is_tried_again_and_poisons_nothing()
    {
        await using var fleet = await StartAsync();
        var machine = fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "1" });
        fleet.PollFirst();

        // An evaluation beyond the ceiling that the module gives the unit: Nix is killed, for that and not for the memory of the machine,
        // and soon; the agent goes on, reports it and tries again by itself.
        await fleet.PublishAsync(new MachineSystem { Version = "2", EvaluatedNumbers = 80_000_000 });
        var began = Stopwatch.GetTimestamp();
        fleet.Poll();
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromMinutes(4));
        Assert.EndsWith("-1", fleet.Running, StringComparison.Ordinal);
        Assert.Contains(
            "oom_memcg=/system.slice/bento.service",
            machine.Run("journalctl", "--no-pager", "--dmesg", "--grep=oom-kill"),
            StringComparison.Ordinal);
        Assert.Equal("running", machine.Run("systemctl", "is-system-running"));
        var row = await fleet.StatusAsync();
        Assert.Equal("failing", row.GetProperty("state").GetString());
        Assert.Contains("memory", row.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("tries again", row.GetRawText(), StringComparison.Ordinal);

        // The power goes in the middle of the builds of the next release.
        await fleet.PublishAsync(new MachineSystem { Version = "3", Parts = 6, PartScript = "sleep 1" });
        machine.Run("systemctl", "start", "--no-block", "bento.service");
        await machine.UntilAsync(TimeSpan.FromMinutes(10), "sh", "-c", "ls -d /nix/store/*-part-3-*.drv");
        await machine.UntilAsync(TimeSpan.FromMinutes(10), "sh", "-c", "ls -d /nix/store/*-part-3-? > /dev/null");
        await machine.CutPowerAsync();
        await machine.BootAgainAsync();
        fleet.Poll();
        Assert.EndsWith("-3", fleet.Running, StringComparison.Ordinal);
        Assert.Equal(fleet.Running, fleet.Profile);
        Assert.Equal("up-to-date", (await fleet.StatusAsync()).GetProperty("state").GetString());
        Assert.Equal("6", machine.Sh("cat /run/current-system/parts/*/part-1 | grep -o 'source 3 ' | wc -l"));
        var (exitCode, output) = machine.Try("nix-store", "--verify", "--check-contents");
        Assert.True(exitCode == 0, output);
    }

    /// <summary>What systemd-boot's installer does, at the place where systemd looks for entries of other boot loaders.</summary>
    private const string WritesBootEntry =
        """
        mkdir -p /boot/loader/entries
        ln -sfn /boot /run/boot-loader-entries
        cp -L /vmlinuz /boot/linux && cp -L /initrd.img /boot/initrd
        printf '%s\n' 'title NixOS' 'version 1' 'linux /linux' 'initrd /initrd' \
          'options root=/dev/vda rw console=ttyS0 net.ifnames=0 by=entry-of-3' > /boot/loader/entries/nixos.conf
        """;

    /// <summary>A NixOS machine knows from its first boot which system it was booted into; this one was a Debian until now.</summary>
    private static void BootedInto(Machine machine) => machine.Sh("ln -sfn $(readlink -f /run/current-system) /run/booted-system");

    private static async Task<MachineFleet> StartAsync() => await MachineFleet.StartAsync(await QemuMachine.BootAsync(), reboots: true);

    private static async Task AssertRunsAsync(MachineFleet fleet, string version, string by)
    {
        Assert.EndsWith($"-{version}", fleet.Running, StringComparison.Ordinal);
        Assert.Equal(fleet.Running, fleet.Machine.Run("readlink", "-f", "/run/booted-system"));
        Assert.Contains(by, fleet.Machine.Run("cat", "/proc/cmdline"), StringComparison.Ordinal);
        fleet.Poll();
        var row = await fleet.StatusAsync();
        Assert.Equal("up-to-date", row.GetProperty("state").GetString());
        Assert.DoesNotContain("reboot-pending", row.GetRawText(), StringComparison.Ordinal);
    }
}
