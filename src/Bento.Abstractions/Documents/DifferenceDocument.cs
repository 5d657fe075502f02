using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.Documents;

/// <summary>What hosts run against what they should run: <c>bento diff --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record DifferenceDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The hosts, by name.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<HostDifferenceDocument> Hosts
    {
        get;
        init => field = ValueList.Of(value);
    } = ValueList<HostDifferenceDocument>.Empty;

    /// <summary>Makes the document of differences.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <returns>The document, with the hosts in the same order.</returns>
    public static DifferenceDocument Of(IEnumerable<HostDifference> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        return new() { Hosts = [.. hosts.Select(HostDifferenceDocument.Of)] };
    }
}
