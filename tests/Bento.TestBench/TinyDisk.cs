namespace Bento.TestBench;

/// <summary>A file system in memory that is soon full. Needs root: ask <see cref="Shell.IsRoot"/> first.</summary>
public sealed class TinyDisk : IDisposable
{
    private readonly TempDirectory _directory = new();

    public TinyDisk(string options = "size=64k") => Shell.Run("mount", "-t", "tmpfs", "-o", $"{options},mode=0755", "tmpfs", FullPath);

    public string FullPath => _directory.FullPath;

    public string this[string relativePath] => _directory[relativePath];

    public void Dispose()
    {
        Shell.Try("umount", "--lazy", FullPath);
        _directory.Dispose();
    }
}
