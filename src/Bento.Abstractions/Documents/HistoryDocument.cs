using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.Documents;

/// <summary>The past of a fleet: <c>bento history --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record HistoryDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The hosts, by name.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<HostHistoryDocument> Hosts { get; init => field = ValueList.Of(value); } = ValueList<HostHistoryDocument>.Empty;

    /// <summary>Makes the document of histories.</summary>
    /// <param name="histories">The hosts.</param>
    /// <returns>The document, with the hosts in the same order.</returns>
    public static HistoryDocument Of(IEnumerable<HostHistory> histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        return new() { Hosts = [.. histories.Select(HostHistoryDocument.Of)] };
    }
}
