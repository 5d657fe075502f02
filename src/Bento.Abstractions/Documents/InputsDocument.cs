using System.Text.Json.Serialization;
using Bento.Building;

namespace Bento.Documents;

/// <summary>Which inputs of flakes moved: <c>bento flake-update --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record InputsDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The flakes, by directory.</summary>
    [JsonPropertyName("flakes")]
    public IReadOnlyList<FlakeInputsDocument> Flakes { get; init => field = ValueList.Of(value); } = ValueList<FlakeInputsDocument>.Empty;

    /// <summary>Makes the document of an update.</summary>
    /// <param name="directories">What came of each flake.</param>
    /// <returns>The document, with the flakes in the same order.</returns>
    public static InputsDocument Of(IEnumerable<DirectoryInputs> directories)
    {
        ArgumentNullException.ThrowIfNull(directories);
        return new() { Flakes = [.. directories.Select(FlakeInputsDocument.Of)] };
    }
}
