using System.Runtime.InteropServices;
using Bento.TestBench;

namespace Bento.Machine.Tests;

/// <summary>The disk of a machine: an ext4 file system in an image, whose power can be cut.</summary>
internal sealed partial class MachineDisk : IDisposable
{
    /// <summary>EXT4_IOC_SHUTDOWN, and that what waits in the journal is lost with all else.</summary>
    private const nuint Shutdown = 0x8004587D;
    private const uint WithoutLogFlush = 2;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bento-machine-");
    private int _boots;

    public MachineDisk()
    {
        FullPath = Directory.CreateDirectory(Path.Join(_directory.FullName, "root")).FullName;
        Shell.Run("cp", "--sparse=always", MachineImage.Container, Image);
        Mount();
    }

    /// <summary>Where it is mounted.</summary>
    public string FullPath { get; }

    /// <summary>Where the machine's console goes, outside of the disk.</summary>
    public string Console => Path.Join(_directory.FullName, "console");

    private string Image => Path.Join(_directory.FullName, $"disk-{_boots}.ext4");

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

    /// <summary>
    /// What the next boot finds: the image as the power cut left it; mounted again, its journal is replayed. It is a copy, because the
    /// file system that was stopped lives on for as long as any process on this machine still has its mount.
    /// </summary>
    public void MountAgain()
    {
        var before = Image;
        _boots++;
        Shell.Run("cp", "--sparse=always", before, Image);
        Unmount();
        File.Delete(before);
        Mount();
    }

    public void Dispose()
    {
        if (File.Exists(this["etc/os-release"]))
        {
            Unmount();
        }

        _directory.Delete(recursive: true);
    }

    private void Mount() => Shell.Run("mount", "-o", "loop", Image, FullPath);

    private void Unmount() => Shell.Run("umount", FullPath);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Ioctl(SafeHandle file, nuint request, ref uint argument);
}
