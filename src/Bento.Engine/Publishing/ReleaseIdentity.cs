using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bento.Publishing;

/// <summary>Computes the id of a release: a hash of everything in it but the times and the id itself.</summary>
/// <remarks>So a refresh keeps the id, and a publisher that is killed and run again gives the same release the same id.</remarks>
internal static class ReleaseIdentity
{
    public static Release WithId(Release release)
    {
        var timeless = release with { Id = default, Issued = default, Expires = default };
        return release with { Id = ReleaseId.FromBytes(SHA256.HashData(ReleaseJson.Write(timeless)).AsSpan(0, 16)) };
    }

    /// <summary>The id that a payload must have, also when it holds members that only a later program knows (docs/protocol.md, "The id").</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public static ReleaseId Of(ReadOnlySpan<byte> payload)
    {
        var document = JsonNode.Parse(payload) as JsonObject ?? throw new JsonException("It is no object.");
        document["id"] = string.Empty;
        document["issued"] = JsonValue.Create(default(DateTimeOffset));
        document["expires"] = JsonValue.Create(default(DateTimeOffset));
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            document.WriteTo(json);
        }

        return ReleaseId.FromBytes(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).AsSpan(0, 16));
    }
}
