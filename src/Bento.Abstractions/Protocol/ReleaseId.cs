using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>
/// The identity of a release: 32 lower case hexadecimal digits. Two releases with the same number and different ids are a fork.
/// </summary>
/// <remarks>A refresh, which only moves the times of a release, keeps its id. Compared by ordinal. The default value is not an id and
/// prints as an empty string.</remarks>
[JsonConverter(typeof(TextJsonConverter<ReleaseId>))]
public readonly record struct ReleaseId : IParsable<ReleaseId>
{
    private const int Length = 32;

    private readonly string? _value;

    private ReleaseId(string value) => _value = value;

    /// <summary>Writes 16 bytes as an id.</summary>
    /// <param name="bytes">16 bytes.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">There are not 16 bytes.</exception>
    public static ReleaseId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length / 2
        ? new ReleaseId(Convert.ToHexStringLower(bytes))
        : throw new ArgumentException("A release id has 16 bytes.", nameof(bytes));

    /// <summary>Reads an id.</summary>
    /// <param name="s">32 lower case hexadecimal digits.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static ReleaseId Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not 32 lower case hexadecimal digits.");
    }

    /// <summary>Reads an id without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The id, or the default value.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReleaseId result)
    {
        var isId = s is { Length: Length } && s.All(char.IsAsciiHexDigitLower);
        result = isId ? new ReleaseId(s!) : default;
        return isId;
    }

    /// <summary>The hexadecimal digits.</summary>
    /// <returns>32 digits, or an empty string for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;
}
