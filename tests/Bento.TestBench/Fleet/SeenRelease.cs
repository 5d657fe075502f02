using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bento.Protocol;

namespace Bento.TestBench.Fleet;

/// <summary>A <c>release.json</c> as anybody can read it (docs/protocol.md), its signature unseen.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Id">Its identity.</param>
/// <param name="System">What it describes; null where that is not comparable.</param>
/// <param name="IsWhole">Whether the content that it names lies beside it, byte for byte.</param>
public sealed record SeenRelease(ReleaseNumber Number, ReleaseId Id, StorePath? System, bool IsWhole)
{
    /// <summary>Reads what an area offers.</summary>
    /// <param name="area">Gives the bytes of a path in the area; null for none.</param>
    /// <returns>Null when there is no release.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is torn.</exception>
    public static SeenRelease? Read(Func<string, byte[]?> area)
    {
        if (area("release.json") is not { } bytes)
        {
            return null;
        }

        var payload = JsonNode.Parse(Convert.FromBase64String(JsonNode.Parse(bytes)!["payload"]!.GetValue<string>()))!;
        var content = payload["content"]!;
        var sha256 = content["sha256"]!.GetValue<string>();
        var archive = area($"content/{sha256}.tar.gz");
        return new SeenRelease(
            new ReleaseNumber(payload["epoch"]!.GetValue<long>(), payload["sequence"]!.GetValue<long>()),
            ReleaseId.Parse(payload["id"]!.GetValue<string>()),
            payload["expectedSystem"]?.GetValue<string>() is { } system ? StorePath.Parse(system) : null,
            archive?.Length == content["size"]!.GetValue<long>() && Convert.ToHexStringLower(SHA256.HashData(archive)) == sha256);
    }
}
