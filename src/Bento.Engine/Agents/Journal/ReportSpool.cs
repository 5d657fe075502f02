using System.Globalization;
using Bento.Files;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Journal;

/// <summary>
/// Reports on their way to the server: on disk first, uploaded in order, removed when the server has them. A server that is away loses
/// none.
/// </summary>
internal sealed class ReportSpool(string directory)
{
    /// <summary>How many reports wait at most: then the oldest logs go, and after them the oldest reports.</summary>
    private const int MaxEntries = 300;
    private const string LogSuffix = "-log.gz";
    private const string StartSuffix = "-start.json";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="name">The name that the report has on the server.</param>
    /// <param name="content">Its bytes. The same report put again replaces itself.</param>
    /// <exception cref="AgentException">The disk does not take it.</exception>
    public void Put(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
            var entries = Entries();
            var existing = entries.Find(entry => entry.Name == name);
            var order = existing.Name is null ? (entries.Count == 0 ? 1 : entries[^1].Order + 1) : existing.Order;
            DurableFile.Write(PathOf(order, name), content, Mode);
            Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"The report {name} cannot be written: {exception.Message}", exception)
            {
                NextStep = $"Make room for '{directory}', or make it writable.",
            };
        }
    }

    /// <summary>Removes what a killed agent left half written; call it while no other agent works.</summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(directory))
        {
            DurableTree.RemoveTemporaries(directory);
        }
    }

    public bool IsEmpty => Count == 0;

    public int Count => Entries().Count;

    /// <summary>
    /// Uploads what waits, oldest first. What the server refuses, or the disk does not give, waits on and holds nothing else back: a result
    /// gets through though its log does not.
    /// </summary>
    /// <returns>What the server refused, as one sentence; null for nothing.</returns>
    /// <exception cref="TransportException">The server went away; what was not uploaded waits on.</exception>
    public async Task<string?> DeliverAsync(IArea area, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var (order, name) in Entries())
        {
            var path = PathOf(order, name);
            try
            {
                using var content = new MemoryStream(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
                await area.WriteAsync($"{AreaPath.Logs}/{name}", content, cancellationToken).ConfigureAwait(false);
                File.Delete(path);
            }
            catch (TransportException exception) when (exception.Failure is not (TransportFailure.Unreachable or TransportFailure.Stalled))
            {
                refused.Add($"The server does not take the report {name}: {exception.Message}");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                refused.Add($"The report '{path}' cannot be read or removed: {exception.Message}");
            }
        }

        return refused.Count > 1 ? $"{refused[0]} The same with {refused.Count - 1} more." : refused.SingleOrDefault();
    }

    private void Trim()
    {
        var entries = Entries();
        var excess = entries.Count - MaxEntries;
        foreach (var (order, name) in entries.OrderBy(entry => Importance(entry.Name)).Take(int.Max(excess, 0)))
        {
            File.Delete(PathOf(order, name));
        }
    }

    /// <summary>What goes first when there is no room: logs, then starts, and results last; of each the oldest.</summary>
    private static int Importance(string name) =>
        name.EndsWith(LogSuffix, StringComparison.Ordinal) ? 0 : name.EndsWith(StartSuffix, StringComparison.Ordinal) ? 1 : 2;

    private string PathOf(long order, string name) =>
        Path.Join(directory, string.Create(CultureInfo.InvariantCulture, $"{order:D12}_{name}"));

    private List<(long Order, string Name)> Entries() => !Directory.Exists(directory)
        ? []
        : [.. Directory.EnumerateFiles(directory)
            .Select(path => Path.GetFileName(path).Split('_', 2))
            .Where(parts => parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out _))
            .Select(parts => (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))
            .Order()];
}
