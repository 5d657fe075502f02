using System.Text.Json;

namespace Bento.Publishing;

/// <summary>The envelope of a release as JSON: the whole of <c>release.json</c>.</summary>
internal static class EnvelopeJson
{
    private const int MaxSignatures = 16;

    public static byte[] Write(ReleaseEnvelope envelope) => JsonSerializer.SerializeToUtf8Bytes(
        new EnvelopeDocument(envelope.Payload.ToArray(), envelope.Signatures), ReleaseJsonContext.Default.EnvelopeDocument);

    /// <exception cref="JsonException">The bytes are no envelope.</exception>
    public static ReleaseEnvelope Read(ReadOnlySpan<byte> utf8)
    {
        var document = JsonSerializer.Deserialize(utf8, ReleaseJsonContext.Default.EnvelopeDocument)
            ?? throw new JsonException("It is null.");
        if (document.Signatures.Count > MaxSignatures)
        {
            throw new JsonException($"It has more than {MaxSignatures} signatures.");
        }

        // The serialiser looks after null everywhere but in lists.
        return document.Signatures.Any(signature => signature is null)
            ? throw new JsonException("A signature is null.")
            : new ReleaseEnvelope(document.Payload, document.Signatures);
    }
}
