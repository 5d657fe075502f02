using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bento.TestBench;

namespace Bento.Machine.Tests;

/// <summary>
/// A machine with a kernel of its own, emulated without KVM: it starts in a minute instead of seconds, and reboots, also by kexec. Its
/// power is cut by killing qemu: what its kernel had not written to the disk is gone.
/// </summary>
internal sealed class QemuMachine : Machine
{
    private static readonly TimeSpan BootTimeout = TimeSpan.FromMinutes(6);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bento-qemu-");
    private readonly int _port = FreePort();
    private Process? _qemu;

    private QemuMachine()
    {
        Shell.Run("cp", "--sparse=always", MachineImage.Qemu, Disk);
        MachinePrograms.WriteDisk(Programs);
    }

    /// <summary>What qemu's user network calls this machine.</summary>
    public override string ServerAddress => "10.0.2.2";

    private string Disk => Path.Join(_directory.FullName, "disk.ext4");

    private string Programs => Path.Join(_directory.FullName, "programs.ext4");

    private string Console => Path.Join(_directory.FullName, "console");

    public static async Task<QemuMachine> BootAsync()
    {
        MachineImage.RequireQemu();
        var machine = new QemuMachine();
        try
        {
            await machine.BootAgainAsync();
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    public override async Task BootAgainAsync()
    {
        var start = new ProcessStartInfo("qemu-system-x86_64", [
            "-accel", "tcg",
            "-cpu", "max",
            "-smp", "2",
            "-m", "2048",
            "-nodefaults",
            "-display", "none",
            "-serial", $"file:{Console}",
            "-kernel", $"{MachineImage.Qemu}.vmlinuz",
            "-initrd", $"{MachineImage.Qemu}.initrd",
            "-append", "root=/dev/vda rw console=ttyS0 net.ifnames=0 by=qemu",
            "-drive", $"file={Disk},format=raw,if=virtio",
            "-drive", $"file={Programs},format=raw,if=virtio,readonly=on",
            "-netdev", $"user,id=net,hostfwd=tcp:127.0.0.1:{_port}-:22",
            "-device", "virtio-net-pci,netdev=net",
            "-device", "virtio-rng-pci",
        ])
        {
            RedirectStandardInput = true,
        };
        _qemu = Process.Start(start)!;
        Progress.Say("a machine starts");
        await UntilUpAsync();
    }

    /// <summary>Waits until the machine that rebooted by itself is there again.</summary>
    /// <param name="before">The boot that came before.</param>
    public async Task UntilRebootedAsync(string before)
    {
        using var deadline = new CancellationTokenSource(BootTimeout);
        while (Try("cat", "/proc/sys/kernel/random/boot_id") is not (0, { Length: 36 } now) || now == before)
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"The machine did not reboot:\n{ConsoleTail}");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        await UntilUpAsync();
    }

    /// <summary>What its kernel and systemd said last.</summary>
    public string ConsoleTail => string.Join('\n', File.ReadLines(Console).TakeLast(40));

    public override (int ExitCode, string Output) Try(params string[] command) =>
        Shell.Try("timeout", ["300", "ssh", .. Login, Quoted(command)]);

    public override void Put(string path, byte[] content, UnixFileMode mode)
    {
        var line = $"mkdir -p '{Path.GetDirectoryName(path)}' && cat > '{path}' && chmod {Convert.ToString((int)mode, 8)} '{path}'";
        var start = new ProcessStartInfo("ssh", [.. Login, line]) { RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(content);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{path} could not be written in the machine.");
    }

    public override async Task CutPowerAsync()
    {
        _qemu!.Kill();
        await _qemu.WaitForExitAsync(CancellationToken.None);
        _qemu.Dispose();
        _qemu = null;
        Progress.Say("the machine is off");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_qemu is not null)
        {
            await CutPowerAsync();
        }

        _qemu?.Dispose();
        _directory.Delete(recursive: true);
    }

    private string[] Login =>
    [
        "-i", $"{MachineImage.Qemu}.key",
        "-p", $"{_port}",
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=no",
        "-o", "UserKnownHostsFile=/dev/null",
        "-o", "LogLevel=ERROR",
        "-o", "ConnectTimeout=20",
        "-o", "ServerAliveInterval=10",
        "root@127.0.0.1",
    ];

    /// <summary>ssh hands words to a shell.</summary>
    private static string Quoted(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => new StringBuilder(word).Replace("'", "'\\''").Insert(0, '\'').Append('\'').ToString()));

    private async Task UntilUpAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(BootTimeout);
        try
        {
            await UntilBootedAsync(deadline.Token);
            Progress.Say("the machine is up");
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"The machine does not boot:\n{ConsoleTail}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
