using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a deploy, a build or a forecast came to.</summary>
internal static class DeployReportRenderer
{
    /// <param name="io">Where it goes.</param>
    /// <param name="style">How.</param>
    /// <param name="report">What came of the hosts.</param>
    /// <param name="told">The plan that stands on the screen already, with what failed until then; null for none.</param>
    public static void Write(CliIo io, OutputStyle style, DeployReport report, DeployPlan? told = null)
    {
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, DeployDocument.Of(report, say: NextStepText.Of));
        }
        else
        {
            WriteTable(io, report, told);
            WriteForecast(io.Out, report);
        }

        WriteFailures(io.Error, report, told);
    }

    private static void WriteTable(CliIo io, DeployReport report, DeployPlan? told)
    {
        foreach (var remark in report.Remarks.Except(told?.Remarks ?? []))
        {
            io.Error.WriteLine($"note: {remark}");
        }

        foreach (var note in PinWords.Kept(
            report.Hosts.Where(host => host.Outcome == DeployOutcome.Unchanged).Select(host => (host.Host, host.Pin))))
        {
            io.Error.WriteLine(note);
        }

        TextTable.Write(
            io, titles: null, [
                .. report.Hosts.Where(host => host.Outcome != DeployOutcome.Queued).Select(host => (IReadOnlyList<TextCell>)[
                    host.Host.ToString(), new TextCell(Outcome(host), Style(host.Outcome)), host.System?.BaseName ?? string.Empty,
                ]),
            ]);
        var counts = report.Hosts.GroupBy(host => host.Outcome)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Word(group.Key)}");
        io.Out.WriteLine(report.Hosts.Count == 0 ? "no hosts" : string.Join(", ", counts));
    }

    private static void WriteForecast(TextWriter writer, DeployReport report)
    {
        if (report.Forecast is not { } forecast)
        {
            return;
        }

        writer.WriteLine($"{forecast.ToBuild.Count} to build, {forecast.ToFetch.Count} to fetch");
        foreach (var path in forecast.ToBuild)
        {
            writer.WriteLine($"  build {path.BaseName}");
        }

        foreach (var path in forecast.ToFetch)
        {
            writer.WriteLine($"  fetch {path.BaseName}");
        }
    }

    private static void WriteFailures(TextWriter writer, DeployReport report, DeployPlan? told)
    {
        foreach (var problem in report.Problems.Except(told?.Problems ?? []))
        {
            writer.WriteLine($"error: {NextStepText.Of(problem)}");
        }

        var known = (told?.Hosts ?? []).Where(host => host.Change == PlannedChange.Failed).Select(host => host.Host).ToHashSet();
        FailureLines.Write(writer, report.Hosts
            .Where(host => host.Outcome == DeployOutcome.Failed && !known.Contains(host.Host))
            .Select(host => (host.Host, host.Failure, host.LogTail)));
    }

    private static string Outcome(HostDeployment host) =>
        host is
        {
            Outcome: DeployOutcome.Published
            or DeployOutcome.Refreshed
            or DeployOutcome.Prepared
            or DeployOutcome.Unchanged, Number: { } number
        } ? $"{Word(host.Outcome)} ({number})" : Word(host.Outcome);

    private static string Word(DeployOutcome outcome) => outcome switch
    {
        DeployOutcome.Unchanged => "unchanged",
        DeployOutcome.Evaluated => "evaluated",
        DeployOutcome.Built => "built",
        DeployOutcome.Published => "published",
        DeployOutcome.Refreshed => "refreshed",
        DeployOutcome.Prepared => "prepared",
        DeployOutcome.Queued => "queued",
        _ => "failed",
    };

    private static string? Style(DeployOutcome outcome) => outcome switch
    {
        DeployOutcome.Published or DeployOutcome.Refreshed or DeployOutcome.Prepared or DeployOutcome.Built => TextCell.Green,
        DeployOutcome.Failed => TextCell.Red,
        _ => null,
    };
}
