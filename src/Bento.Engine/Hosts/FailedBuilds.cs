using System.Globalization;
using System.Text;
using Bento.Files;
using Bento.Processes;

namespace Bento.Hosts;

/// <summary>
/// The hosts whose last build on this machine failed, one a line: name, time and reason, parted by tabs. Such a host runs its old release,
/// and nothing that it reports tells that it gets no new one. Kept until a build succeeds.
/// </summary>
internal sealed class FailedBuilds(StateDirectories state, TimeProvider clock)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxMessage = 300;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly Lock _changing = new();

    /// <summary>What failed; nothing when the file is damaged or cannot be read: the next build writes it again.</summary>
    public IReadOnlyDictionary<HostName, FailedBuild> Read()
    {
        var found = new Dictionary<HostName, FailedBuild>();
        foreach (var line in Lines())
        {
            if (line.Split('\t') is [var name, var at, var message]
                && HostName.TryParse(name, null, out var host)
                && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            {
                found[host] = new FailedBuild(time, message);
            }
        }

        return found;
    }

    /// <summary>Remembers what a build came to. Nothing that was asked for fails when that does.</summary>
    /// <param name="failed">The hosts that failed, and why.</param>
    /// <param name="sound">The hosts whose configuration is built, or is the one that was published.</param>
    public void Write(IReadOnlyDictionary<HostName, string> failed, IEnumerable<HostName> sound)
    {
        lock (_changing)
        {
            var known = Read();
            var kept = new Dictionary<HostName, FailedBuild>(known);
            foreach (var host in sound)
            {
                _ = kept.Remove(host);
            }

            foreach (var (host, reason) in failed)
            {
                // Whoever deploys every minute wants to know since when.
                var message = Shortened(reason);
                kept[host] = known.TryGetValue(host, out var before) && before.Message == message
                    ? before
                    : new FailedBuild(clock.GetUtcNow(), message);
            }

            if (kept.Count == known.Count && kept.All(pair => known.TryGetValue(pair.Key, out var before) && before == pair.Value))
            {
                return;
            }

            try
            {
                state.Prepare();
                var text = string.Concat(kept.OrderBy(pair => pair.Key).Select(Line));
                DurableFile.Write(state.FailedBuilds, Encoding.UTF8.GetBytes(text), Mode);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Whoever may not write there has been told on the screen what failed.
            }
        }
    }

    private static string Line(KeyValuePair<HostName, FailedBuild> pair) => $"{pair.Key}\t{pair.Value.At:O}\t{pair.Value.Message}\n";

    private static string Shortened(string reason)
    {
        var line = PlainText.OfLine(reason.Split('\n', 2)[0]).Replace('\t', ' ');
        return line.Length <= MaxMessage ? line : $"{line[..MaxMessage]}…";
    }

    private string[] Lines()
    {
        try
        {
            return PlainFile.ReadAll(state.FailedBuilds, MaxBytes) is { } bytes
                ? Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
