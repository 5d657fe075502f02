using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.Documents;

/// <summary>The status of a fleet: <c>bento status --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record StatusDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The hosts, in the order that was asked for.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<HostStatusDocument> Hosts { get; init => field = ValueList.Of(value); } = ValueList<HostStatusDocument>.Empty;

    /// <summary>Makes the document of a status.</summary>
    /// <param name="statuses">The hosts.</param>
    /// <returns>The document, with the hosts in the same order.</returns>
    public static StatusDocument Of(IEnumerable<HostStatus> statuses)
    {
        ArgumentNullException.ThrowIfNull(statuses);
        return new() { Hosts = [.. statuses.Select(HostStatusDocument.Of)] };
    }
}
