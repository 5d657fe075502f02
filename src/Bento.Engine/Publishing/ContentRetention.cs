using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>
/// Removes archives that no host can still be fetching: all but the three newest different ones, the current one among them, and nothing
/// younger than a day.
/// </summary>
internal static class ContentRetention
{
    public const int KeptReleases = 3;
    public static readonly TimeSpan MinimumAge = TimeSpan.FromDays(1);

    public static async Task CollectAsync(
        IArea area, Release current, HostRecord before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var releases = before.Releases
            .Select(published => published.Release)
            .Prepend(current)
            .OrderByDescending(release => release.Number)
            .ToList();
        var kept = Newest(releases.Select(release => release.Content.Archive))
            .Concat(Newest(releases.Select(release => release.Secrets?.Archive).OfType<ContentHash>()))
            .Concat(Closures.ClosureRetention.Kept(releases).Select(closure => closure.Manifest))
            .ToHashSet();

        var old = new List<string>();
        await foreach (var entry in area.ListAsync(AreaPath.Content, cancellationToken).ConfigureAwait(false))
        {
            if (IsOld(entry, kept, now))
            {
                old.Add($"{AreaPath.Content}/{entry.Name}");
            }
        }

        foreach (var path in old)
        {
            _ = await area.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<ContentHash> Newest(IEnumerable<ContentHash> archives) => archives.Distinct().Take(KeptReleases);

    private static bool IsOld(AreaEntry entry, HashSet<ContentHash> kept, DateTimeOffset now) =>
        entry.Changed < now - MinimumAge && AreaPath.HashOf(entry.Name) is { } hash && !kept.Contains(hash);
}
