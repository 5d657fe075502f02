using System.Text.Json.Serialization;
using Bento.Diagnostics;

namespace Bento.Documents;

/// <summary>What a doctor found: <c>bento doctor --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record FindingsDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>Whether there is no problem and no warning.</summary>
    [JsonPropertyName("well")]
    public bool Well { get; init; }

    /// <summary>What was found.</summary>
    [JsonPropertyName("findings")]
    public IReadOnlyList<FindingDocument> Findings { get; init => field = ValueList.Of(value); } = ValueList<FindingDocument>.Empty;

    /// <summary>Makes the document of findings.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="say">How a next step is said, such as by the command that takes it; null for its text.</param>
    /// <returns>The document, with the findings in the same order.</returns>
    public static FindingsDocument Of(IReadOnlyList<Finding> findings, Func<NextStep, string>? say = null)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return new()
        {
            Well = findings.All(finding => finding.Kind == FindingKind.Unknown),
            Findings = [.. findings.Select(finding => FindingDocument.Of(finding, say))],
        };
    }
}
