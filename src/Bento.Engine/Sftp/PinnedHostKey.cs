using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Bento.Protocol;
using Bento.Trust;

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
    public static IReadOnlyList<string> Types { get; } =
    [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", Rsa,
    ];

    public string Type { get; }

    /// <summary>
    /// What the client must offer so that the server shows this key and not another one it has. An RSA key signs by SHA-2, never by SHA-1.
    /// </summary>
    public IReadOnlyList<string> Algorithms => AlgorithmsOf(Type);

    public static IReadOnlyList<string> AlgorithmsOf(string type) => type == Rsa ? ["rsa-sha2-512", "rsa-sha2-256"] : [type];

    /// <summary>Reads a line as OpenSSH writes it.</summary>
    public static bool TryParse(string? line, [NotNullWhen(true)] out PinnedHostKey? key)
    {
        key = null;
        if (!SshPublicKey.TryParse(line, null, out var read) || !Types.Contains(read.Type) || !IsWhole(read))
        {
            return false;
        }

        key = new PinnedHostKey(read.Type, read.ToBytes());
        return true;
    }

    public bool Matches(ReadOnlySpan<byte> blob) => CryptographicOperations.FixedTimeEquals(blob, _blob);

    /// <summary>
    /// Whether it is a key to its last byte: one that is cut short equals no key that a server shows, and revokes nobody.
    /// </summary>
    private static bool IsWhole(SshPublicKey key)
    {
        try
        {
            _ = VerificationKey.Read(key);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
