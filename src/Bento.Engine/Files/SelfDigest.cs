using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bento.Files;

/// <summary>
/// A digest that a JSON object carries of itself as its last member: a bit that turned on the disk often leaves text that still parses, and
/// says something else. It is no protection against somebody who may write the file.
/// </summary>
internal static class SelfDigest
{
    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Start => ",\"digest\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <param name="json">An object that is not empty, without white space at its end.</param>
    /// <returns>The same object with the digest behind its last member.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var content = json[..^1];
        return [.. content, .. Start, .. Digest(content), .. End];
    }

    /// <summary>Compares the digest with the bytes. An object without one was written before there was any, and passes.</summary>
    /// <param name="json">What was read.</param>
    /// <exception cref="JsonException">The digest is that of other bytes.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        var length = json.Length - Start.Length - HexLength - End.Length;
        if (length > 0
            && json.EndsWith(End)
            && json[length..].StartsWith(Start)
            && !json.Slice(length + Start.Length, HexLength).SequenceEqual(Digest(json[..length])))
        {
            throw new JsonException("It was damaged: its digest is that of other bytes.");
        }
    }

    private static byte[] Digest(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content)));
}
