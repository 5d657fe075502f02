using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>
/// The fingerprint of an SSH key as OpenSSH writes it: <c>SHA256:</c> and the base 64 of the SHA-256 of the key, without padding.
/// </summary>
/// <remarks>Compared by ordinal. The default value is not a fingerprint and prints as an empty string.</remarks>
[JsonConverter(typeof(TextJsonConverter<KeyFingerprint>))]
public readonly record struct KeyFingerprint : IParsable<KeyFingerprint>
{
    private const string Start = "SHA256:";
    private const int Bytes = 32;

    private readonly string? _value;

    private KeyFingerprint(string value) => _value = value;

    /// <summary>Computes the fingerprint of a key.</summary>
    /// <param name="key">The key in the form of RFC 4253, section 6.6.</param>
    /// <returns>The fingerprint.</returns>
    public static KeyFingerprint Of(ReadOnlySpan<byte> key) => Write(SHA256.HashData(key));

    /// <summary>Reads a fingerprint.</summary>
    /// <param name="s"><c>SHA256:</c> and the base 64 of 32 bytes without padding.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The fingerprint.</returns>
    /// <exception cref="FormatException">The text is not such a fingerprint.</exception>
    public static KeyFingerprint Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var fingerprint)
            ? fingerprint
            : throw new FormatException($"'{s}' is not 'SHA256:' and the base 64 of 32 bytes.");
    }

    /// <summary>Reads a fingerprint without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The fingerprint, or the default value.</param>
    /// <returns>Whether the text is a fingerprint.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out KeyFingerprint result)
    {
        Span<byte> bytes = stackalloc byte[Bytes];

        // Written again and compared: base 64 has several texts for the same bytes, and a fingerprint has one.
        var isFingerprint = s is not null
            && s.StartsWith(Start, StringComparison.Ordinal)
            && Convert.TryFromBase64String($"{s[Start.Length..]}=", bytes, out var count)
            && count == Bytes
            && Write(bytes).ToString() == s;
        result = isFingerprint ? new KeyFingerprint(s!) : default;
        return isFingerprint;
    }

    /// <summary>The fingerprint as OpenSSH writes it.</summary>
    /// <returns>The text, or an empty string for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;

    private static KeyFingerprint Write(ReadOnlySpan<byte> sha256) => new($"{Start}{Convert.ToBase64String(sha256).TrimEnd('=')}");
}
