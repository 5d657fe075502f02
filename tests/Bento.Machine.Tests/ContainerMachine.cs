using System.Diagnostics;
using Bento.TestBench;

namespace Bento.Machine.Tests;

/// <summary>
/// A Debian machine on a disk of its own whose first process is systemd: a container that shares the network with this machine, and each
/// boot of which has an id of its own.
/// </summary>
internal sealed class ContainerMachine : Machine
{
    private static readonly TimeSpan BootTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// In a control group of its own, because systemd in the container makes others below it; and without what this process has open.
    /// </summary>
    private const string Detached =
        """
        mkdir -p "$1" && echo $$ > "$1/cgroup.procs" && exec < /dev/null > "$2" 2>&1 || exit
        shift 2
        for file in /proc/self/fd/*; do [ "${file##*/}" -le 2 ] || eval "exec ${file##*/}>&-"; done
        exec "$@"
        """;

    private readonly string _name = $"bento-{Guid.NewGuid():N}"[..14];
    private Process? _container;
    private string? _leader;

    public MachineDisk Disk { get; } = new();

    public static async Task<ContainerMachine> BootAsync()
    {
        MachineImage.RequireContainer();
        var machine = new ContainerMachine();
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
        var start = new ProcessStartInfo("/bin/bash", ["-c", Detached, "bash", CGroup, Disk.Console,
            "systemd-nspawn",
                $"--directory={Disk.FullPath}",
                $"--machine={_name}",
                "--boot",
                "--register=no",
                "--keep-unit",
                "--link-journal=no",
                "--console=pipe",
                "--resolv-conf=off",
                    "--timezone=off",
                    "--capability=all",
                    $"--bind-ro={AppContext.BaseDirectory}:/opt/bento",
                    $"--bind-ro={MachinePrograms.DotnetRoot}:/usr/share/dotnet",
                ]);
        start.Environment["UNIFIED_CGROUP_HIERARCHY"] = "1";
        start.Environment["SYSTEMD_LOG_LEVEL"] = "warning";
        _container = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(BootTimeout);
        try
        {
            while ((_leader = Leader()) is null)
            {
                await Task.Delay(Pause, deadline.Token);
            }

            Enter = ["--target", _leader, .. EnterAs];
            await UntilBootedAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"The machine does not boot:\n{await File.ReadAllTextAsync(Disk.Console, CancellationToken.None)}");
        }
    }

    public override (int ExitCode, string Output) Try(params string[] command) => Shell.Try("nsenter", [.. Enter, .. command]);

    public override void Put(string path, byte[] content, UnixFileMode mode)
    {
        var file = Disk[path.TrimStart('/')];
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        File.SetUnixFileMode(file, mode);
    }

    public override async Task CutPowerAsync()
    {
        Disk.CutPower();
        await StopAsync();
        Disk.MountAgain();
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        Disk.Dispose();
        Shell.Try("find", CGroup, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }

    private static readonly string[] EnterAs =
    [
        "--mount",
        "--uts",
        "--ipc",
        "--pid",
        "--cgroup",
        "--",
        "env",
        "-i",
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME=/root",
        "LC_ALL=C.UTF-8",
    ];

    private string[] Enter { get; set; } = [];

    private string CGroup { get; } = Path.Join(
        Shell.Run("findmnt", "--noheadings", "--first-only", "--output", "TARGET", "--types", "cgroup2"), $"bento-{Guid.NewGuid():N}");

    /// <summary>The first process of the machine, as this machine numbers it.</summary>
    private string? Leader()
    {
        if (_container!.HasExited)
        {
            throw new InvalidOperationException($"systemd-nspawn ended with {_container.ExitCode}:\n{File.ReadAllText(Disk.Console)}");
        }

        var children = $"/proc/{_container.Id}/task/{_container.Id}/children";
        return File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(child => File.Exists($"/proc/{child}/comm") && File.ReadAllText($"/proc/{child}/comm").Trim() == "systemd");
    }

    private async Task StopAsync()
    {
        if (_container is null)
        {
            return;
        }

        // With its first process all others end.
        if (_leader is not null)
        {
            Shell.Try("kill", "-KILL", _leader);
        }

        _container.Kill();
        await _container.WaitForExitAsync(CancellationToken.None);
        _container.Dispose();
        (_container, _leader) = (null, null);
    }
}
