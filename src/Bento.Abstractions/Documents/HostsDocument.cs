using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.Documents;

/// <summary>The hosts of a fleet: <c>bento host list --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record HostsDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The hosts, by name.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<HostEntryDocument> Hosts { get; init => field = ValueList.Of(value); } = ValueList<HostEntryDocument>.Empty;

    /// <summary>Makes the document of a list of hosts.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <returns>The document, with the hosts in the same order.</returns>
    public static HostsDocument Of(IEnumerable<HostEntry> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        return new() { Hosts = [.. hosts.Select(HostEntryDocument.Of)] };
    }
}
