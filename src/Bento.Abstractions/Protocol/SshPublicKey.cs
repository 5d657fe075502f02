using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>A public key as OpenSSH writes it: <c>ssh-ed25519 AAAA… [comment]</c>. It says who may sign releases.</summary>
/// <remarks>Immutable. Two keys are equal when they are the same key, whatever their comments say.</remarks>
[JsonConverter(typeof(TextJsonConverter<SshPublicKey>))]
public sealed record SshPublicKey : IParsable<SshPublicKey>
{
    private const int MaxTypeLength = 64;
    private const int MaxBytes = 16 * 1024;

    private readonly string _base64;

    private SshPublicKey(string type, string base64, string comment)
    {
        Type = type;
        _base64 = base64;
        Comment = comment;
    }

    /// <summary>The kind of key: <c>ssh-ed25519</c>.</summary>
    public string Type { get; }

    /// <summary>What its owner calls it; empty where nothing was said.</summary>
    public string Comment { get; }

    /// <summary>The short form that <c>ssh-keygen -l</c> prints: <c>SHA256:</c> and 43 characters.</summary>
    public KeyFingerprint Fingerprint => KeyFingerprint.Of(ToBytes());

    /// <summary>Takes a key from the bytes that stand in a signature (RFC 4253, 6.6).</summary>
    /// <param name="blob">The key in the binary form of SSH.</param>
    /// <returns>The key, without a comment.</returns>
    /// <exception cref="FormatException">The bytes are not a key.</exception>
    public static SshPublicKey FromBytes(ReadOnlySpan<byte> blob) => TypeOf(blob) is { } type
        ? new SshPublicKey(type, Convert.ToBase64String(blob), string.Empty)
        : throw new FormatException("The bytes are not a public key in the form of SSH.");

    /// <summary>Takes a key as services of keys, certificates and OpenSSL give it (SubjectPublicKeyInfo, RFC 5280).</summary>
    /// <param name="der">DER: of a PEM the bytes between its lines.</param>
    /// <returns>The key, without a comment: Ed25519, ECDSA on a NIST curve, or RSA.</returns>
    /// <exception cref="FormatException">The bytes are not such a key.</exception>
    public static SshPublicKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der) => FromBytes(SubjectPublicKeyInfo.ToSsh(der));

    /// <summary>Reads a line as OpenSSH writes it.</summary>
    /// <param name="s">Type, base 64 and perhaps a comment, with spaces between them.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text is not such a line.</exception>
    public static SshPublicKey Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var key)
            ? key
            : throw new FormatException("This is not a public key of the form 'ssh-ed25519 AAAA… [comment]'.");
    }

    /// <summary>Reads a line without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The key, or null.</param>
    /// <returns>Whether the text is a key.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out SshPublicKey? result)
    {
        result = null;
        var line = (s ?? string.Empty).Trim();
        var parts = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || parts[1].Length > MaxBytes * 2 || line.Any(c => char.IsControl(c) && c != '\t'))
        {
            return false;
        }

        var bytes = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], bytes, out var length) || TypeOf(bytes.AsSpan(0, length)) != parts[0])
        {
            return false;
        }

        result = new SshPublicKey(
            parts[0], Convert.ToBase64String(bytes.AsSpan(0, length)), parts.Length > 2 ? parts[2].Trim() : string.Empty);
        return true;
    }

    /// <summary>The key in the binary form of SSH.</summary>
    /// <returns>A copy of the bytes.</returns>
    public byte[] ToBytes() => Convert.FromBase64String(_base64);

    /// <summary>The line as OpenSSH writes it.</summary>
    /// <returns>Type, base 64, and the comment where there is one.</returns>
    public override string ToString() => Comment.Length == 0 ? $"{Type} {_base64}" : $"{Type} {_base64} {Comment}";

    /// <inheritdoc/>
    public bool Equals(SshPublicKey? other) => other is not null && string.Equals(_base64, other._base64, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_base64);

    /// <summary>A key begins with its own type: a line put together from two keys is not a key.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> blob)
    {
        if (blob.Length is <= sizeof(int) or > MaxBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(blob);
        if (length is <= 0 or > MaxTypeLength || blob.Length <= sizeof(int) + length)
        {
            return null;
        }

        var type = blob.Slice(sizeof(int), length);
        return type.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? null : Encoding.ASCII.GetString(type);
    }
}
