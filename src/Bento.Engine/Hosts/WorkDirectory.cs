using System.Globalization;
using Bento.Files;

namespace Bento.Hosts;

/// <summary>
/// A place for the snapshots and archives of one operation; gone with it, and with the next operation when this one is killed.
/// </summary>
internal sealed class WorkDirectory : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string LockSuffix = ".lock";
    private const string NewSuffix = ".new";

    private readonly string _directory;
    private readonly FileLock _lock;
    private int _count;

    private WorkDirectory(string directory, FileLock taken)
    {
        _directory = directory;
        _lock = taken;
    }

    public static WorkDirectory Create(StateDirectories state)
    {
        state.Prepare();
        return Create(state.Work);
    }

    public static WorkDirectory Create(string parent)
    {
        _ = Directory.CreateDirectory(parent, Private);
        foreach (var lockPath in Directory.EnumerateFiles(parent))
        {
            RemoveIfAbandoned(lockPath);
        }

        while (true)
        {
            var directory = Path.Join(parent, Guid.NewGuid().ToString("N"));
            if (TryClaim(directory + LockSuffix) is { } taken)
            {
                _ = Directory.CreateDirectory(directory, Private);
                return new WorkDirectory(directory, taken);
            }
        }
    }

    /// <summary>The directories whose operations were killed, until the next operation removes them.</summary>
    public static IReadOnlyList<string> Abandoned(string parent) => !Directory.Exists(parent) ? [] :
    [
        .. Directory.EnumerateDirectories(parent)
            .Where(directory => FileLock.FindHolder(directory + LockSuffix) is null)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A path in it that nothing has yet. Thread-safe.</summary>
    public string NewPath() => Path.Join(_directory, $"{Interlocked.Increment(ref _count)}");

    public void Dispose()
    {
        Remove(_directory);
        File.Delete(_directory + LockSuffix);
        _lock.Dispose();
    }

    /// <summary>
    /// The lock gets its name when it is held already. Null when another operation, which tidies up, was faster by the moment between
    /// making the file and locking it.
    /// </summary>
    private static FileLock? TryClaim(string lockPath)
    {
        var unnamed = lockPath + NewSuffix;
        if (FileLock.TryAcquire(unnamed, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), out _) is not { } taken)
        {
            return null;
        }

        try
        {
            File.Move(unnamed, lockPath);
            return taken;
        }
        catch (FileNotFoundException)
        {
            taken.Dispose();
            return null;
        }
    }

    /// <summary>
    /// Only ever by a file that is there. Made again here, after somebody else removed it, it would take the place of the one that its
    /// maker waits to lock: a file of the same name, which nobody holds.
    /// </summary>
    private static void RemoveIfAbandoned(string lockPath)
    {
        using var taken = FileLock.TryAcquireExisting(lockPath);
        if (taken is not null)
        {
            if (lockPath.EndsWith(LockSuffix, StringComparison.Ordinal))
            {
                Remove(lockPath[..^LockSuffix.Length]);
            }

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
