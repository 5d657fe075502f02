using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Bento.Sftp;

/// <summary>A public key that the server may show.</summary>
internal sealed class PinnedHostKey
{
    private const string Rsa = "ssh-rsa";

    private readonly byte[] _blob;

    private PinnedHostKey(string type, byte[] blob)
    {
        Type = type;
        _blob = blob;
    }

    /// <summary>The types that can be pinned.</summary>
    public static IReadOnlyList<string> Types { get; } = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", Rsa];

    public string Type { get; }

    /// <summary>What the client must offer so that the server shows this key and not another one it has. An RSA key signs by SHA-2, never by SHA-1.</summary>
    public IReadOnlyList<string> Algorithms => AlgorithmsOf(Type);

    public static IReadOnlyList<string> AlgorithmsOf(string type) => type == Rsa ? ["rsa-sha2-512", "rsa-sha2-256"] : [type];

    /// <summary>Reads a line as OpenSSH writes it.</summary>
    public static bool TryParse(string? line, [NotNullWhen(true)] out PinnedHostKey? key)
    {
        key = null;
        var parts = (line ?? string.Empty).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !Types.Contains(parts[0]))
        {
            return false;
        }

        var blob = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], blob, out var length) || !StartsWithType(blob.AsSpan(0, length), parts[0]))
        {
            return false;
        }

        key = new PinnedHostKey(parts[0], blob[..length]);
        return true;
    }

    /// <summary>The short form that ssh-keygen -l prints.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> blob) => $"SHA256:{Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=')}";

    public bool Matches(ReadOnlySpan<byte> blob) => CryptographicOperations.FixedTimeEquals(blob, _blob);

    /// <summary>The key itself repeats its type: a line put together from two keys is caught here and not at the first connection.</summary>
    private static bool StartsWithType(ReadOnlySpan<byte> blob, string type) =>
        blob.Length > type.Length + sizeof(int)
        && BinaryPrimitives.ReadInt32BigEndian(blob) == type.Length
        && blob.Slice(sizeof(int), type.Length).SequenceEqual(Encoding.ASCII.GetBytes(type));
}
