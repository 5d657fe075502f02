using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>
/// Tells whether secrets changed without keeping them: a digest under a key that only the publisher has. age gives other bytes each time.
/// </summary>
internal static class SecretDigest
{
    public const int KeyBytes = 32;

    public static string Of(ReadOnlySpan<byte> key, SshPublicKey recipient, IEnumerable<(SecretFile File, byte[] Content)> secrets)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Add(hash, recipient.ToBytes());
        foreach (var (file, content) in secrets)
        {
            foreach (var text in new[] { file.Path, file.Owner, file.Group, ((int)file.Mode).ToString("D", null) })
            {
                Add(hash, Encoding.UTF8.GetBytes(text));
            }

            Add(hash, content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>With its length, so that no two lists of parts are the same bytes.</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
