using System.Text.Json.Serialization;
using Bento.Diagnostics;
using Bento.Json;

namespace Bento.Documents;

/// <summary>One thing that a doctor found.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FindingDocument
{
    /// <summary>What was looked at.</summary>
    [JsonPropertyName("subject")]
    public required string Subject { get; init; }

    /// <summary>How bad it is.</summary>
    [JsonPropertyName("kind")]
    [JsonConverter(typeof(WordJsonConverter<FindingKind>))]
    public required FindingKind Kind { get; init; }

    /// <summary>The host; null when it concerns none, or all.</summary>
    [JsonPropertyName("host")]
    public HostName? Host { get; init; }

    /// <summary>What was found.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>What to do; null when the message says it.</summary>
    [JsonPropertyName("nextStep")]
    public string? NextStep { get; init; }

    internal static FindingDocument Of(Finding finding, Func<NextStep, string>? say) => new()
    {
        Subject = finding.Subject,
        Kind = finding.Kind,
        Host = finding.Host,
        Message = finding.Message,
        NextStep = NextSteps.Say(finding.NextStep, say),
    };
}
