namespace Bento.TestBench;

/// <summary>
/// A real file system in an image, so that its power can be cut: a copy of the image while it is mounted has what had reached the disk, and
/// no more.
/// </summary>
/// <remarks>Needs root and a loop device: ask <see cref="WhyNot"/> first.</remarks>
public sealed class LoopDisk : IDisposable
{
    private readonly TempDirectory _directory = new();

    public LoopDisk()
    {
        Shell.Run("truncate", "-s", "32M", _directory["image"]);
        Shell.Run("mkfs.ext4", "-q", "-F", _directory["image"]);
        Mount("image", "disk");
    }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot =>
        !Shell.IsRoot ? "only root can mount a disk" : !File.Exists("/dev/loop-control") ? "there is no loop device" : null;

    /// <summary>Where it is mounted.</summary>
    public string FullPath => _directory["disk"];

    /// <summary>What a machine finds that loses its power now.</summary>
    /// <returns>Where the disk is mounted after its journal was replayed.</returns>
    public string CutPower()
    {
        File.Copy(_directory["image"], _directory["copy"]);
        Mount("copy", "after");
        return _directory["after"];
    }

    public void Dispose()
    {
        Shell.Try("umount", "--lazy", FullPath);
        Shell.Try("umount", "--lazy", _directory["after"]);
        _directory.Dispose();
    }

    private void Mount(string image, string directory) =>
        Shell.Run("mount", "-o", "loop", _directory[image], Directory.CreateDirectory(_directory[directory]).FullName);
}
