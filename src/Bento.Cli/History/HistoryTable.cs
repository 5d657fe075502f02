using System.Globalization;
using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Cli.History;

/// <summary>The past of a fleet, the newest line first.</summary>
internal static class HistoryTable
{
    private static readonly string[] Titles = ["WHEN (UTC)", "HOST", "RELEASE", "TRY", "WHAT"];

    public static void Write(CliIo io, IReadOnlyList<HostHistory> histories, int limit, string all = "--limit 0")
    {
        var lines = histories.SelectMany(Lines)
            .OrderByDescending(line => line.At)
            .ThenBy(line => line.Host, StringComparer.Ordinal)
            .ToList();
        if (lines.Count == 0)
        {
            io.Error.WriteLine("Nothing has been published yet. To publish: bento deploy");
            return;
        }

        TextTable.Write(io, Titles,
        [
            .. lines.Take(limit).Select(line => (IReadOnlyList<TextCell>)
            [
                line.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                    line.Host,
                    line.Release,
                    line.Attempt,
                    line.What,
                ]),
        ]);
        if (lines.Count > limit)
        {
            io.Error.WriteLine($"... and {Plural.Of(lines.Count - limit, "older line")}: {all} shows all.");
        }
    }

    private static IEnumerable<Line> Lines(HostHistory history)
    {
        var host = history.Host.ToString();
        foreach (var published in history.Record.Releases)
        {
            yield return new Line(
                published.At,
                host,
                published.Release.Number.ToString(),
                string.Empty,
                $"published by {published.By}: {published.Release.ExpectedSystem?.BaseName ?? "the host chooses its system"}"
                    + (published.Release.Provenance is { } provenance ? $", from {provenance}" : null));
        }

        foreach (var attempt in history.Record.Attempts)
        {
            yield return new Line(
                attempt.Received,
                host,
                attempt.Number.ToString(),
                attempt.Attempt.ToString(CultureInfo.InvariantCulture),
                new TextCell(What(attempt), StyleOf(attempt.Result)));
        }

        foreach (var log in history.Record.BashLogs)
        {
            yield return new Line(
                log.Received, host, "-", string.Empty, $"bash bento: {OutcomeWords.Name(log.Outcome)}, {log.System.BaseName}");
        }
    }

    private static string What(RecordedAttempt attempt) => attempt.Result is { } result
        ? $"{OutcomeWords.Name(result.Outcome)} after "
            + $"{Ages.Short(result.Duration)}{(attempt.Log == LogState.Kept ? " (log)" : string.Empty)}: {result.Reason}"
        : "began";

    private static string StyleOf(AttemptResult? result) => result?.Outcome switch
    {
        null => TextCell.Yellow,
        AttemptOutcome.Succeeded or AttemptOutcome.AutoUpdated or AttemptOutcome.RebootNeeded => TextCell.Green,
        _ => TextCell.Red,
    };

    private sealed record Line(DateTimeOffset At, string Host, string Release, string Attempt, TextCell What);
}
