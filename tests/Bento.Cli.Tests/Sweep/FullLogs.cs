using Bento.TestBench;

namespace Bento.Cli.Tests.Sweep;

/// <summary>A disk without a free byte in the place of a directory.</summary>
internal sealed class FullLogs : IDisposable
{
    private readonly string _directory;

    public FullLogs(string directory)
    {
        _directory = directory;
        var owner = Shell.Run("stat", "-c", "%u:%g", directory).Trim();
        _ = Shell.Run("mount", "-t", "tmpfs", "-o", "size=4k,mode=0755", "tmpfs", directory);
        _ = Shell.Run("chown", owner, directory);
        File.WriteAllBytes(Path.Join(directory, "1-1-log.gz"), new byte[4096]);
    }

    /// <summary>Lazily: sshd may still hold it.</summary>
    public void Dispose() => _ = Shell.Run("umount", "--lazy", _directory);
}
