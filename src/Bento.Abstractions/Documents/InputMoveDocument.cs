using System.Text.Json.Serialization;
using Bento.Building;

namespace Bento.Documents;

/// <summary>An input that moved.</summary>
/// <remarks>Immutable.</remarks>
public sealed record InputMoveDocument
{
    /// <summary>Its name; of an input of an input, both with a slash.</summary>
    [JsonPropertyName("input")]
    public required string Input { get; init; }

    /// <summary>Where it was; null when it is new.</summary>
    [JsonPropertyName("from")]
    public RevisionDocument? From { get; init; }

    /// <summary>Where it is; null when it is gone.</summary>
    [JsonPropertyName("to")]
    public RevisionDocument? To { get; init; }

    internal static InputMoveDocument Of(InputMove move) => new()
    {
        Input = move.Input,
        From = RevisionDocument.Of(move.From),
        To = RevisionDocument.Of(move.To),
    };
}
