using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Diagnostics;

namespace Bento.Cli.Doctor;

/// <summary>What a doctor found, for people and as JSON (docs/guide/json.md).</summary>
internal static class FindingsRenderer
{
    public static void Write(CliIo io, IReadOnlyList<Finding> findings, bool isWell)
    {
        foreach (var finding in findings)
        {
            var host = finding.Host is { } name ? $"{name}: " : string.Empty;
            io.Out.WriteLine($"{Word(finding.Kind)} {finding.Subject}: {host}{finding.Message}");
            if (finding.NextStep is { } next)
            {
                io.Out.WriteLine($"    {next}");
            }
        }

        io.Error.WriteLine(isWell ? "No problems found." : $"{Plural.Of(findings.Count(finding => finding.Kind == FindingKind.Problem), "problem")}, {Plural.Of(findings.Count(finding => finding.Kind == FindingKind.Warning), "warning")}.");
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<Finding> findings, bool isWell) => JsonOutput.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("well", isWell);
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("subject", finding.Subject);
            json.WriteString("kind", Word(finding.Kind));
            json.WriteString("host", finding.Host?.ToString());
            json.WriteString("message", finding.Message);
            json.WriteString("nextStep", finding.NextStep);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Word(FindingKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
