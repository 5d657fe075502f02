using System.Globalization;
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
        var taken = Claim(directory + LockSuffix);
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

    /// <summary>The lock gets its name when it is held already: another operation that begins now never sees one that looks abandoned.</summary>
    private static FileLock Claim(string lockPath)
    {
        var taken = FileLock.TryAcquire(lockPath + ".new", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), out _)
            ?? throw new IOException($"'{lockPath}' is locked, though nobody could know its name.");
        File.Move(lockPath + ".new", lockPath);
        return taken;
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
