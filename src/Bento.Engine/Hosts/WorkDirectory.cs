using Bento.Files;

namespace Bento.Hosts;

/// <summary>A place for the snapshots and archives of one operation; gone with it, and with the next operation when this one is killed.</summary>
internal sealed class WorkDirectory : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string LockSuffix = ".lock";

    private readonly string _directory;
    private readonly FileLock _lock;
    private int _count;

    private WorkDirectory(string directory, FileLock taken)
    {
        _directory = directory;
        _lock = taken;
    }

    public static WorkDirectory Create(string parent)
    {
        _ = Directory.CreateDirectory(parent, Private);
        foreach (var lockPath in Directory.EnumerateFiles(parent, "*" + LockSuffix))
        {
            RemoveIfAbandoned(lockPath);
        }

        var directory = Path.Join(parent, Guid.NewGuid().ToString("N"));
        var taken = FileLock.TryAcquire(directory + LockSuffix, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), out _)
            ?? throw new IOException($"'{directory}' is locked, though nobody could know its name.");
        _ = Directory.CreateDirectory(directory, Private);
        return new WorkDirectory(directory, taken);
    }

    /// <summary>A path in it that nothing has yet. Thread-safe.</summary>
    public string NewPath() => Path.Join(_directory, $"{Interlocked.Increment(ref _count)}");

    public void Dispose()
    {
        Remove(_directory);
        File.Delete(_directory + LockSuffix);
        _lock.Dispose();
    }

    private static void RemoveIfAbandoned(string lockPath)
    {
        using var taken = FileLock.TryAcquire(lockPath, string.Empty, out _);
        if (taken is not null)
        {
            Remove(lockPath[..^LockSuffix.Length]);
            File.Delete(lockPath);
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
