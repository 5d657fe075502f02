using System.Text.Json.Serialization;
using Bento.Building;

namespace Bento.Documents;

/// <summary>Which inputs of one flake moved.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FlakeInputsDocument
{
    /// <summary>The directory, relative to the Bento directory.</summary>
    [JsonPropertyName("directory")]
    public required string Directory { get; init; }

    /// <summary>Why the update failed, and the lock file is as it was; null when it did not.</summary>
    [JsonPropertyName("failure")]
    public string? Failure { get; init; }

    /// <summary>The inputs that moved.</summary>
    [JsonPropertyName("moves")]
    public IReadOnlyList<InputMoveDocument> Moves { get; init => field = ValueList.Of(value); } = ValueList<InputMoveDocument>.Empty;

    internal static FlakeInputsDocument Of(DirectoryInputs directory) => new()
    {
        Directory = directory.Directory,
        Failure = directory.Failure?.Message,
        Moves = [.. directory.Moves.Select(InputMoveDocument.Of)],
    };
}
