using Bento.Cli.Terminal;
using Bento.Diagnostics;

namespace Bento.Cli.Doctor;

/// <summary>What a doctor found, for people.</summary>
internal static class FindingsRenderer
{
    public static void Write(CliIo io, IReadOnlyList<Finding> findings, bool isWell)
    {
        foreach (var finding in findings)
        {
            var host = finding.Host is { } name ? $"{name}: " : string.Empty;
            io.Out.WriteLine($"{JsonOutput.Word(finding.Kind)} {finding.Subject}: {host}{finding.Message}");
            if (finding.NextStep is { } next)
            {
                io.Out.WriteLine($"    {NextStepText.Of(next)}");
            }
        }

        io.Error.WriteLine(
            isWell
                ? "No problems found."
                : $"{Plural.Of(findings.Count(finding => finding.Kind == FindingKind.Problem), "problem")}, "
                    + $"{Plural.Of(findings.Count(finding => finding.Kind == FindingKind.Warning), "warning")}.");
    }
}
