using System.Text.Json.Serialization;
using Bento.Building;

namespace Bento.Documents;

/// <summary>The packages that differ between two systems.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PackagesDocument
{
    /// <summary>The size of the one system with all that it needs, in bytes.</summary>
    [JsonPropertyName("bytesBefore")]
    public long BytesBefore { get; init; }

    /// <summary>The size of the other, in bytes.</summary>
    [JsonPropertyName("bytesAfter")]
    public long BytesAfter { get; init; }

    /// <summary>The packages that differ.</summary>
    [JsonPropertyName("packages")]
    public IReadOnlyList<PackageDocument> Packages { get; init => field = ValueList.Of(value); } = ValueList<PackageDocument>.Empty;

    internal static PackagesDocument? Of(ClosureDifference? difference) => difference is null ? null : new()
    {
        BytesBefore = difference.BytesBefore,
        BytesAfter = difference.BytesAfter,
        Packages = [.. difference.Packages.Select(PackageDocument.Of)],
    };
}
