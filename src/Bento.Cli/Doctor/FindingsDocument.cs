using Bento.Cli.Terminal;
using Bento.Diagnostics;

namespace Bento.Cli.Doctor;

/// <summary>What a doctor found, as JSON (docs/guide/json.md).</summary>
internal sealed record FindingsDocument(int Schema, bool Well, IReadOnlyList<FindingsDocument.Item> Findings)
{
    public static void Write(TextWriter writer, IReadOnlyList<Finding> findings, bool isWell) =>
        JsonOutput.Write(writer, new FindingsDocument(1, isWell, [.. findings.Select(Of)]), FindingsJsonContext.Default.FindingsDocument);

    private static Item Of(Finding finding) =>
        new(finding.Subject, JsonOutput.Word(finding.Kind), finding.Host?.ToString(), finding.Message, finding.NextStep is { } next
            ? NextStepText.Of(next)
            : null);

    internal sealed record Item(string Subject, string Kind, string? Host, string Message, string? NextStep);
}
