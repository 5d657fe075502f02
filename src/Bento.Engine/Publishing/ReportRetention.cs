using Bento.Protocol;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>
/// Removes reports that status has read long ago, so that <c>logs/</c> never holds more than status looks at. The record keeps what counts.
/// </summary>
internal static class ReportRetention
{
    private const int KeptFiles = 600;
    private const int MaxListed = 10_000;
    private static readonly TimeSpan MinimumAge = TimeSpan.FromDays(30);

    public static async Task CollectAsync(IArea area, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in Outlived(await ListAsync(area, cancellationToken).ConfigureAwait(false), now))
            {
                _ = await area.DeleteAsync($"{AreaPath.Logs}/{name}", cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException)
        {
            // The release is published, and who may not write there need not: the next publication tries again.
        }
    }

    private static IEnumerable<ReportName> Outlived(IEnumerable<(ReportName Name, DateTimeOffset Changed)> reports, DateTimeOffset now) =>
        reports
            .OrderByDescending(report => report.Changed)
            .Skip(KeptFiles)
            .Where(report => report.Changed < now - MinimumAge)
            .Select(report => report.Name);

    private static async Task<IReadOnlyList<(ReportName Name, DateTimeOffset Changed)>> ListAsync(
        IArea area, CancellationToken cancellationToken)
    {
        var reports = new List<(ReportName, DateTimeOffset)>();
        var listed = 0;
        await foreach (var entry in area.ListAsync(AreaPath.Logs, cancellationToken).ConfigureAwait(false))
        {
            if (++listed > MaxListed)
            {
                break;
            }

            if (entry.IsPlainFile && ReportName.TryParse(entry.Name) is { } name)
            {
                reports.Add((name, entry.Changed));
            }
        }

        return reports;
    }
}
