using System.Text.Json.Serialization;
using Bento.Building;
using Bento.Json;

namespace Bento.Documents;

/// <summary>A package that differs between two systems.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PackageDocument
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    [JsonPropertyName("change")]
    [JsonConverter(typeof(WordJsonConverter<PackageChangeKind>))]
    public required PackageChangeKind Change { get; init; }

    /// <summary>Its versions in the one system; empty where it has none.</summary>
    [JsonPropertyName("before")]
    public IReadOnlyList<string> Before { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Its versions in the other; empty where it has none.</summary>
    [JsonPropertyName("after")]
    public IReadOnlyList<string> After { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>How many bytes more the other system needs for it.</summary>
    [JsonPropertyName("bytesDelta")]
    public long BytesDelta { get; init; }

    internal static PackageDocument Of(PackageChange package) => new()
    {
        Name = package.Name,
        Change = package.Kind,
        Before = package.Before,
        After = package.After,
        BytesDelta = package.BytesDelta,
    };
}
