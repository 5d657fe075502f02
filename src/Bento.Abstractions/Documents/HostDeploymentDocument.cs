using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Publishing;

namespace Bento.Documents;

/// <summary>What an operation did for one host.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostDeploymentDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>What was done.</summary>
    [JsonPropertyName("outcome")]
    [JsonConverter(typeof(WordJsonConverter<DeployOutcome>))]
    public required DeployOutcome Outcome { get; init; }

    /// <summary>The system that the configuration describes; null when that is not known.</summary>
    [JsonPropertyName("system")]
    public StorePath? System { get; init; }

    /// <summary>The number of the current release; null when nothing was published or compared.</summary>
    [JsonPropertyName("release")]
    public string? Release { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    [JsonPropertyName("failure")]
    public string? Failure { get; init; }

    /// <summary>What sort of failure it was; null when it did not fail.</summary>
    [JsonPropertyName("failureKind")]
    [JsonConverter(typeof(WordJsonConverter<FailureKind>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailureKind? FailureKind { get; init; }

    /// <summary>What to try next; null where that is not known.</summary>
    [JsonPropertyName("nextStep")]
    public string? NextStep { get; init; }

    /// <summary>The last lines of the log of the build that failed, oldest first.</summary>
    [JsonPropertyName("logTail")]
    public IReadOnlyList<string> LogTail { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>That the host keeps what it was given back; null when it does not.</summary>
    [JsonPropertyName("pin")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PinDocument? Pin { get; init; }

    internal static HostDeploymentDocument Of(HostDeployment host, Func<NextStep, string>? say) => new()
    {
        Host = host.Host,
        Outcome = host.Outcome,
        System = host.System,
        Release = host.Number?.ToString(),
        Failure = host.Failure?.Message,
        FailureKind = host.Failure?.Kind,
        NextStep = NextSteps.Say(host.Failure?.NextStep, say),
        LogTail = host.LogTail,
        Pin = PinDocument.Of(host.Pin),
    };
}
