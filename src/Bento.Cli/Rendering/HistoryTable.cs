using System.Globalization;
using Bento.Agents;
using Bento.Status;
using Spectre.Console;

namespace Bento.Cli.Rendering;

/// <summary>The past of a fleet, the newest line first.</summary>
internal static class HistoryTable
{
    private static readonly string[] Titles = ["WHEN (UTC)", "HOST", "RELEASE", "TRY", "WHAT"];

    public static void Write(CliIo io, IReadOnlyList<HostHistory> histories, int limit)
    {
        var lines = histories.SelectMany(Lines).OrderByDescending(line => line.At).ThenBy(line => line.Host, StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
        {
            io.Error.WriteLine("Nothing was published yet. 'bento deploy' does.");
            return;
        }

        var grid = new Grid();
        foreach (var title in Titles)
        {
            _ = grid.AddColumn(new GridColumn { NoWrap = title != Titles[^1], Padding = new Padding(0, 0, 2, 0) });
        }

        _ = grid.AddRow([.. Titles.Select(title => new Text(title, new Style(decoration: Decoration.Bold)))]);
        foreach (var line in lines.Take(limit))
        {
            _ = grid.AddRow(
                new Text(line.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)), new Text(line.Host), new Text(line.Release), new Text(line.Attempt), new Text(line.What, line.Style));
        }

        Consoles.Write(io, grid);
        if (lines.Count > limit)
        {
            io.Error.WriteLine($"... and {lines.Count - limit} older lines: --limit 0 shows all.");
        }
    }

    private static IEnumerable<Line> Lines(HostHistory history)
    {
        var host = history.Host.ToString();
        foreach (var published in history.Record.Releases)
        {
            yield return new Line(published.At, host, published.Release.Number.ToString(), string.Empty, $"published by {published.By}: {published.Release.ExpectedSystem?.BaseName ?? "the host decides which system"}", Style.Plain);
        }

        foreach (var attempt in history.Record.Attempts)
        {
            yield return new Line(attempt.Received, host, attempt.Number.ToString(), attempt.Attempt.ToString(CultureInfo.InvariantCulture), What(attempt), StyleOf(attempt.Result));
        }

        foreach (var log in history.Record.BashLogs)
        {
            yield return new Line(log.Received, host, "-", string.Empty, $"bash bento: {OutcomeWords.Name(log.Outcome)}, {log.System.BaseName}", Style.Plain);
        }
    }

    private static string What(RecordedAttempt attempt) => attempt.Result is { } result
        ? $"{OutcomeWords.Name(result.Outcome)} after {Ages.Short(result.Duration)}{(attempt.Log == LogState.Kept ? " (log)" : string.Empty)}: {result.Reason}"
        : "began";

    private static Style StyleOf(AttemptResult? result) => result?.Outcome switch
    {
        null => new Style(Color.Yellow),
        Outcome.Succeeded or Outcome.AutoUpdated or Outcome.RebootNeeded => new Style(Color.Green),
        _ => new Style(Color.Red),
    };

    private sealed record Line(DateTimeOffset At, string Host, string Release, string Attempt, string What, Style Style);
}
