using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a deploy, a build or a forecast came to.</summary>
internal static class DeployReportRenderer
{
    public static void Write(CliIo io, OutputStyle style, DeployReport report)
    {
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, DeployDocument.Of(report, say: NextStepText.Of));
        }
        else
        {
            WriteTable(io, report);
            WriteForecast(io.Out, report);
        }

        WriteFailures(io.Error, report);
    }

    private static void WriteTable(CliIo io, DeployReport report)
    {
        foreach (var remark in report.Remarks)
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

    private static void WriteFailures(TextWriter writer, DeployReport report)
    {
        foreach (var problem in report.Problems)
        {
            writer.WriteLine($"error: {NextStepText.Of(problem)}");
        }

        foreach (var host in report.Hosts.Where(host => host.Outcome == DeployOutcome.Failed))
        {
            writer.WriteLine($"error: {host.Host}: {host.Failure}");
            foreach (var line in host.LogTail)
            {
                writer.WriteLine($"  | {line}");
            }

            if (host.Failure?.NextStep is { } next)
            {
                writer.WriteLine($"  {NextStepText.Of(next)}");
            }
        }
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
