using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>
/// The hash of a tree of files as Nix writes it: <c>sha256-</c> and the base 64 of the SHA-256 of its Nix archive. It is what
/// <c>nix hash path</c> prints, and the <c>narHash</c> of a flake of that tree.
/// </summary>
/// <remarks>Compared by ordinal. The default value is not a hash and prints as an empty string.</remarks>
[JsonConverter(typeof(TextJsonConverter<TreeHash>))]
public readonly record struct TreeHash : IParsable<TreeHash>
{
    private const string Start = "sha256-";
    private const int Bytes = 32;

    private readonly string? _value;

    private TreeHash(string value) => _value = value;

    /// <summary>Writes the bytes of a SHA-256 as a hash.</summary>
    /// <param name="sha256">32 bytes.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static TreeHash FromBytes(ReadOnlySpan<byte> sha256) => sha256.Length == Bytes
        ? new TreeHash($"{Start}{Convert.ToBase64String(sha256)}")
        : throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(sha256));

    /// <summary>Reads a hash.</summary>
    /// <param name="s"><c>sha256-</c> and the base 64 of 32 bytes.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="FormatException">The text is not such a hash.</exception>
    public static TreeHash Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var hash)
            ? hash
            : throw new FormatException($"'{s}' is not 'sha256-' and the base 64 of 32 bytes.");
    }

    /// <summary>Reads a hash without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The hash, or the default value.</param>
    /// <returns>Whether the text is a hash.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TreeHash result)
    {
        Span<byte> bytes = stackalloc byte[Bytes];

        // Written again and compared: base 64 has several texts for the same bytes, and a hash has one.
        var isHash = s is not null
            && s.StartsWith(Start, StringComparison.Ordinal)
            && Convert.TryFromBase64String(s[Start.Length..], bytes, out var count)
            && count == Bytes
            && FromBytes(bytes).ToString() == s;
        result = isHash ? new TreeHash(s!) : default;
        return isHash;
    }

    /// <summary>The hash as Nix writes it.</summary>
    /// <returns>The text, or an empty string for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;
}
