using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.Documents;

/// <summary>What one host runs against what it should run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostDifferenceDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>What it runs; null when that is not known.</summary>
    [JsonPropertyName("running")]
    public StorePath? Running { get; init; }

    /// <summary>What it should run; null when that is not known.</summary>
    [JsonPropertyName("wanted")]
    public StorePath? Wanted { get; init; }

    /// <summary>Those of the two that the store of this machine does not have, when they differ.</summary>
    [JsonPropertyName("missing")]
    public IReadOnlyList<StorePath> Missing { get; init => field = ValueList.Of(value); } = ValueList<StorePath>.Empty;

    /// <summary>What differs; null when they are the same, or cannot be compared.</summary>
    [JsonPropertyName("difference")]
    public PackagesDocument? Difference { get; init; }

    internal static HostDifferenceDocument Of(HostDifference host) => new()
    {
        Host = host.Host,
        Running = host.Running,
        Wanted = host.Wanted,
        Missing = host.Missing,
        Difference = PackagesDocument.Of(host.Packages),
    };
}
