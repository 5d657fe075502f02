using System.Text.Json;

namespace Bento.Protocol;

/// <summary>
/// Reads <c>release.json</c> as every agent does, and for publishers too: what they made goes through the same rules before it is
/// published.
/// </summary>
internal static class ReleaseFile
{
    /// <summary>The envelope. Nothing of the payload is read: who signed it is asked first.</summary>
    /// <exception cref="JsonException">The bytes are not an envelope, or too many.</exception>
    public static ReleaseEnvelope ReadEnvelope(ReadOnlySpan<byte> releaseJson) => releaseJson.Length <= ReleaseEnvelope.MaxBytes
        ? ReleaseFileJson.Read(releaseJson)
        : throw new JsonException($"It has {releaseJson.Length} bytes, and {ReleaseEnvelope.MaxBytes} are read.");

    /// <summary>
    /// The payload. A release whose id is not made of what it says could take the place of another one of its number unseen.
    /// </summary>
    /// <exception cref="NewerSchemaException">The release is of a later schema, whose members nobody knows yet.</exception>
    /// <exception cref="JsonException">The bytes are not a release of this schema.</exception>
    public static Release ReadPayload(ReadOnlyMemory<byte> payload)
    {
        var release = PayloadJson.Read(payload.Span);
        StrictJson.Check(payload);
        return release.Id == ReleaseIdentity.Of(payload.Span) ? release : throw new JsonException("Its id is not that of what it says.");
    }

    /// <summary>Looks at what a release would say with the eyes of an agent, before anybody is asked to sign it.</summary>
    /// <exception cref="UnreadableReleaseException">No agent could read it.</exception>
    public static void CheckPayload(Release release) =>
        Check(release, ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(release), [])));

    /// <summary>Looks at the whole file with the eyes of an agent, before it is published.</summary>
    /// <param name="release">What it should say.</param>
    /// <param name="releaseJson">The bytes.</param>
    /// <exception cref="UnreadableReleaseException">No agent could read it, or would read something else.</exception>
    public static void Check(Release release, ReadOnlySpan<byte> releaseJson)
    {
        try
        {
            var payload = ReadEnvelope(releaseJson).Payload;
            if (!payload.Span.SequenceEqual(PayloadJson.Write(ReadPayload(payload)))
                || !payload.Span.SequenceEqual(PayloadJson.Write(release)))
            {
                throw new JsonException("It would be read as something else.");
            }
        }
        catch (JsonException exception)
        {
            throw new UnreadableReleaseException($"No agent could read the release of '{release.Host}': {exception.Message}", exception)
            {
                NextStep =
                    $"Look at what is said of '{release.Host}' in the settings of the fleet: its health checks, their number and their "
                        + "time limits, and its secrets.",
            };
        }
    }
}
