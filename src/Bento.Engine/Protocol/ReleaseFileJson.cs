using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bento.Protocol;

/// <summary>The envelope of a release as JSON: the whole of <c>release.json</c>.</summary>
internal static class ReleaseFileJson
{
    public const int MaxSignatures = 16;

    // No page shows this file: '+' stays '+', which people can copy and a base 64 decoder reads.
    private static readonly PayloadJsonContext Readable = new(
        new JsonSerializerOptions(PayloadJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Write(ReleaseEnvelope envelope) => JsonSerializer.SerializeToUtf8Bytes(
        new ReleaseFileDocument(Convert.ToBase64String(envelope.Payload.Span), envelope.Signatures), Readable.ReleaseFileDocument);

    /// <exception cref="JsonException">The bytes are not an envelope.</exception>
    public static ReleaseEnvelope Read(ReadOnlySpan<byte> utf8)
    {
        var document = StrictJson.Read(utf8, PayloadJsonContext.Default.ReleaseFileDocument);
        StrictJson.Check(utf8.ToArray());
        if (document.Signatures.Count > MaxSignatures)
        {
            throw new JsonException($"It has more than {MaxSignatures} signatures.");
        }

        return new ReleaseEnvelope(
            Payload(document.Payload),
            [.. document.Signatures.Select(signature => signature ?? throw new JsonException("A signature is null."))]);
    }

    /// <summary>A payload has exactly one text: base 64 without spaces, and without bits at its end that mean nothing.</summary>
    private static byte[] Payload(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == base64
            ? bytes[..length]
            : throw new JsonException("The payload is not base 64.");
    }
}
