using System.Runtime.InteropServices;
using Bento.Testing;

namespace Bento.Machine.Tests;

/// <summary>The disk of a machine: an ext4 file system in an image, whose power can be cut.</summary>
internal sealed partial class MachineDisk : IDisposable
{
    /// <summary>EXT4_IOC_SHUTDOWN, and that what waits in the journal is lost with all else.</summary>
    private const nuint Shutdown = 0x8004587D;
    private const uint WithoutLogFlush = 2;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bento-machine-");

    public MachineDisk()
    {
        FullPath = Directory.CreateDirectory(Path.Join(_directory.FullName, "root")).FullName;
        Shell.Run("cp", "--sparse=always", MachineImage.FullPath, Image);
        Mount();
    }

    /// <summary>Where it is mounted.</summary>
    public string FullPath { get; }

    /// <summary>Where the machine's console goes, outside of the disk.</summary>
    public string Console => Path.Join(_directory.FullName, "console");

    private string Image => Path.Join(_directory.FullName, "disk.ext4");

    /// <summary>A file of the machine.</summary>
    public string this[string path] => Path.Join(FullPath, path);

    /// <summary>From now on nothing reaches the disk any more, also nothing that was written before and waits for it.</summary>
    public void CutPower()
    {
        using var root = File.OpenHandle(this["etc/os-release"]);
        var flags = WithoutLogFlush;
        if (Ioctl(root, Shutdown, ref flags) < 0)
        {
            throw new IOException($"EXT4_IOC_SHUTDOWN: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>What the next boot finds: mounted again, the journal is replayed.</summary>
    public async Task MountAgainAsync()
    {
        Unmount();

        // Until the last process of the machine is gone, its mounts keep the file system, and mounting it again would give the one that was
        // stopped.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Shell.Run("losetup", "--associated", Image).Length > 0)
        {
            await Task.Delay(50, deadline.Token);
        }

        Mount();
    }

    public void Dispose()
    {
        Unmount();
        _directory.Delete(recursive: true);
    }

    private void Mount() => Shell.Run("mount", "-o", "loop", Image, FullPath);

    private void Unmount() => Shell.Run("umount", FullPath);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Ioctl(SafeHandle file, nuint request, ref uint argument);
}
