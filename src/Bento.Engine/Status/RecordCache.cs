using System.Collections.Concurrent;
using Bento.Files;

namespace Bento.Status;

/// <summary>
/// Records that were read, for as long as their files stay the same: a program that follows a fleet reads thousands of them again and
/// again, and hardly any has changed. A file is the same when its inode, its size and the time that the kernel gave its last change are;
/// one that is younger than that clock's step may change once more unseen, and is not remembered.
/// </summary>
internal sealed class RecordCache
{
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<HostName, (FileStatus Status, HostRecord Record)> _records = new();

    /// <summary>Gives the remembered record, or reads it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The file of its record.</param>
    /// <param name="now">The time of the clock that stamps files.</param>
    /// <param name="read">Reads the file.</param>
    public HostRecord Read(HostName host, string path, DateTimeOffset now, Func<string, HostRecord> read)
    {
        if (FileStatus.Read(path) is not { } status)
        {
            _ = _records.TryRemove(host, out _);
            return HostRecord.Empty;
        }

        if (_records.TryGetValue(host, out var known) && known.Status == status)
        {
            return known.Record;
        }

        // Looked at before it was read: what is read is what was seen, or newer, and then the next look differs.
        var record = read(path);
        if (now - status.Changed > Settled)
        {
            _records[host] = (status, record);
        }

        return record;
    }
}
