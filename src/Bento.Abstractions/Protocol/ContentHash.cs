using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>
/// The SHA-256 of a content archive, as 64 lower case hexadecimal digits. It names the file: <c>content/&lt;hash&gt;.tar.gz</c>.
/// </summary>
/// <remarks>Compared by ordinal. The default value is not a hash and prints as an empty string.</remarks>
[JsonConverter(typeof(TextJsonConverter<ContentHash>))]
public readonly record struct ContentHash : IParsable<ContentHash>
{
    private const int Length = 64;

    private readonly string? _value;

    private ContentHash(string value) => _value = value;

    /// <summary>Writes the bytes of a SHA-256 as a hash.</summary>
    /// <param name="sha256">32 bytes.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static ContentHash FromBytes(ReadOnlySpan<byte> sha256) => sha256.Length == Length / 2
        ? new ContentHash(Convert.ToHexStringLower(sha256))
        : throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(sha256));

    /// <summary>Reads a hash.</summary>
    /// <param name="s">64 lower case hexadecimal digits.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="FormatException">The text is not such a hash.</exception>
    public static ContentHash Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var hash) ? hash : throw new FormatException($"'{s}' is not 64 lower case hexadecimal digits.");
    }

    /// <summary>Reads a hash without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The hash, or the default value.</param>
    /// <returns>Whether the text is a hash.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ContentHash result)
    {
        var isHash = s is { Length: Length } && s.All(char.IsAsciiHexDigitLower);
        result = isHash ? new ContentHash(s!) : default;
        return isHash;
    }

    /// <summary>The hexadecimal digits.</summary>
    /// <returns>64 digits, or an empty string for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;
}
