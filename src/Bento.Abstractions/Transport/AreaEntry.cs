namespace Bento.Transport;

/// <summary>An entry of a directory in an area, as the server lists it. Nothing was opened to learn it.</summary>
/// <param name="Name">The name without path. In <c>logs/</c> the host chose it: never print it.</param>
/// <param name="IsPlainFile">Whether it is a regular file with one name; false for directories, links, hard links, pipes, sockets and
/// devices.</param>
/// <param name="SizeBytes">Its size as the server states it.</param>
/// <param name="Changed">When the server last saw it change: its own clock where the area is local, else what the host can also
/// set.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct AreaEntry(string Name, bool IsPlainFile, long SizeBytes, DateTimeOffset Changed)
{
    /// <summary>
    /// When its content was written, which whoever owns the file can set to any time; null where the server knows no more than
    /// <see cref="Changed"/>.
    /// </summary>
    public DateTimeOffset? Written { get; init; }
}
