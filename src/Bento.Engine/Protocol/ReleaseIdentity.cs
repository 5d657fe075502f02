using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bento.Protocol;

/// <summary>Computes the id of a release: a hash of everything in it but the times and the id itself.</summary>
/// <remarks>So a refresh keeps the id, and a publisher that is killed and run again gives the same release the same id.</remarks>
internal static class ReleaseIdentity
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static Release WithId(Release release)
    {
        var timeless = release with { Id = default, Issued = default, Expires = default };
        return release with { Id = ReleaseId.FromBytes(SHA256.HashData(PayloadJson.Write(timeless)).AsSpan(0, 16)) };
    }

    /// <summary>
    /// Whether two releases describe the same for a host. Their numbers do not count, nor what an operator says beside the configuration:
    /// that the host is frozen, or keeps what it was given back.
    /// </summary>
    public static bool SaysTheSame(Release left, Release right) => Described(left).Id == Described(right).Id;

    private static Release Described(Release release) => WithId(release with
    {
        Number = default,
        Pin = null,
        Policy = release.Policy with { Freeze = null },
        MinimumAgent = 0,
    });

    /// <summary>
    /// The id that a payload must have, also when it holds members that only a later program knows (docs/protocol.md, "The id").
    /// </summary>
    /// <exception cref="JsonException">It is not an object, a name comes twice, or a text is not valid.</exception>
    public static ReleaseId Of(ReadOnlySpan<byte> payload)
    {
        try
        {
            return Compute(
                JsonNode.Parse(payload, documentOptions: Strict) as JsonObject ?? throw new JsonException("It is not an object."));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // What nobody reads may be anything, and is looked at only when it is written: half a surrogate pair, bytes that are not UTF-8.
            throw new JsonException("A name or a text in it is not valid.", exception);
        }
    }

    private static ReleaseId Compute(JsonObject document)
    {
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
