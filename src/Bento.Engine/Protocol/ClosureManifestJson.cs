using System.IO.Compression;
using System.Text.Json;

namespace Bento.Protocol;

/// <summary>A manifest as it lies in an area: JSON in gzip, as strict as a release.</summary>
internal static class ClosureManifestJson
{
    public const int Schema = 1;

    /// <exception cref="FormatException">No host would take it: it is larger than they read, or breaks a rule.</exception>
    public static byte[] Write(ClosureManifest manifest)
    {
        ClosureRule.Check(manifest);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            ClosureManifestDocument.From(manifest), ClosureJsonContext.Default.ClosureManifestDocument);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(json);
        }

        return json.Length <= ClosureLimits.MaxUnpackedBytes && packed.Length <= ClosureLimits.MaxManifestBytes
            ? packed.ToArray()
            : throw new FormatException($"It has {manifest.Paths.Count} paths, and its manifest {json.Length} bytes: no host reads that.");
    }

    /// <exception cref="JsonException">The bytes are not a manifest of this schema, or more than a host reads.</exception>
    public static ClosureManifest Read(ReadOnlyMemory<byte> packed)
    {
        var json = Unpack(packed);
        if (StrictJson.Read(json.Span, ClosureJsonContext.Default.SchemaDocument).Schema is not Schema and var other)
        {
            throw new JsonException($"It has schema {other}; this program reads schema {Schema}.");
        }

        var document = StrictJson.Read(json.Span, ClosureJsonContext.Default.ClosureManifestDocument);
        StrictJson.Check(json);
        try
        {
            var manifest = document.ToManifest();
            ClosureRule.Check(manifest);
            return manifest;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>Never makes room for more than the limit, whatever a few bytes may unpack to.</summary>
    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed)
    {
        using var json = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            while (gzip.Read(buffer) is var count and > 0)
            {
                if (json.Length + count > ClosureLimits.MaxUnpackedBytes)
                {
                    throw new JsonException($"It unpacks to more than {ClosureLimits.MaxUnpackedBytes} bytes.");
                }

                json.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new JsonException($"It is not gzip: {exception.Message}", exception);
        }

        return json.GetBuffer().AsMemory(0, (int)json.Length);
    }
}
