using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Status;

namespace Bento.Documents;

/// <summary>A log of bash bento.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BashLogDocument
{
    /// <summary>The time stamp in its name.</summary>
    [JsonPropertyName("stamp")]
    public required string Stamp { get; init; }

    /// <summary>The base name of the system.</summary>
    [JsonPropertyName("system")]
    public required string System { get; init; }

    /// <summary>How it ended.</summary>
    [JsonPropertyName("outcome")]
    [JsonConverter(typeof(WordJsonConverter<BashOutcome>))]
    public required BashOutcome Outcome { get; init; }

    /// <summary>When it arrived, by the clock of the server.</summary>
    [JsonPropertyName("received")]
    public required DateTimeOffset Received { get; init; }

    internal static BashLogDocument Of(BashLog log) => new()
    {
        Stamp = log.Stamp,
        System = log.System.BaseName,
        Outcome = log.Outcome,
        Received = log.Received,
    };
}
