using System.Security.Cryptography;
using Bento.Protocol;

namespace Bento.Trust;

/// <summary>A signature as <c>ssh-keygen -Y sign</c> makes it (OpenSSH PROTOCOL.sshsig): what it says, not whether it is true.</summary>
internal sealed class SshSignature
{
    /// <summary>The largest signature that is looked at; an RSA key of 16384 bits makes one of 4 KiB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const uint Version = 1;

    private readonly byte[] _reserved;
    private readonly byte[] _signature;

    private SshSignature(SshPublicKey key, string space, byte[] reserved, string hashAlgorithm, byte[] signature)
    {
        Key = key;
        Namespace = space;
        _reserved = reserved;
        HashAlgorithm = hashAlgorithm;
        _signature = signature;
    }

    private static ReadOnlySpan<byte> Magic => "SSHSIG"u8;

    /// <summary>Who says that it signed.</summary>
    public SshPublicKey Key { get; }

    /// <summary>What the signature is for: one made for something else must not count here.</summary>
    public string Namespace { get; }

    /// <summary><c>sha512</c> or <c>sha256</c>.</summary>
    public string HashAlgorithm { get; }

    /// <summary>The signature of the key's algorithm, in its own binary form.</summary>
    public ReadOnlySpan<byte> Signature => _signature;

    /// <exception cref="FormatException">The text is not a signature. Nothing else is thrown, whatever the text.</exception>
    public static SshSignature Parse(string armor) => Read(SshArmor.Read(armor));

    /// <exception cref="FormatException">The bytes are not a signature.</exception>
    public static SshSignature Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new FormatException($"It is longer than {MaxBytes} bytes.");
        }

        var reader = new SshReader(bytes);
        if (!reader.ReadBytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new FormatException("It does not begin with SSHSIG.");
        }

        if (reader.ReadUInt32() is var version && version != Version)
        {
            throw new FormatException($"It has version {version}; known is version {Version}.");
        }

        var key = SshPublicKey.FromBytes(reader.ReadString());
        var space = reader.ReadText() is { Length: > 0 } text ? text : throw new FormatException("It has no namespace.");
        var reserved = reader.ReadString().ToArray();
        var hashAlgorithm = reader.ReadText() is ("sha512" or "sha256") and var name
            ? name
            : throw new FormatException("Its hash is neither sha512 nor sha256.");
        var signature = reader.ReadString().ToArray();
        reader.End();
        return new SshSignature(key, space, reserved, hashAlgorithm, signature);
    }

    /// <summary>The bytes that the key signed when it signed a message.</summary>
    public byte[] SignedData(ReadOnlySpan<byte> message) => new SshWriter()
        .Bytes(Magic)
        .String(Namespace)
        .String(_reserved)
        .String(HashAlgorithm)
        .String(HashAlgorithm == "sha512" ? SHA512.HashData(message) : SHA256.HashData(message))
        .ToArray();
}
