using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento;

/// <summary>A path directly in a Nix store: <c>/nix/store/&lt;hash&gt;-&lt;name&gt;</c>.</summary>
/// <remarks>
/// The hash has 32 characters of Nix's base 32 alphabet, the name up to 211 of <c>[A-Za-z0-9+._?=-]</c> (Nix manual, "Store path").
/// The store directory may be another than <c>/nix/store</c>, as Nix allows; a whole path has up to 1024 characters. Compared by ordinal.
/// The default value is not a path and prints as an empty string.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<StorePath>))]
public readonly record struct StorePath : IParsable<StorePath>
{
    private const int HashLength = 32;
    private const int MaxNameLength = 211;
    private const int MaxLength = 1024;

    private static readonly SearchValues<char> HashAlphabet = SearchValues.Create("0123456789abcdfghijklmnpqrsvwxyz");

    private readonly string? _value;

    private StorePath(string value) => _value = value;

    /// <summary>The name without store directory and hash, as people read it; empty for the default value.</summary>
    public string Name => _value is null ? string.Empty : _value[(_value.LastIndexOf('/') + HashLength + 2)..];

    /// <summary>The last component, hash and name; empty for the default value.</summary>
    public string BaseName => _value is null ? string.Empty : _value[(_value.LastIndexOf('/') + 1)..];

    /// <summary>The 32 characters before the name, by which Nix tells paths of a store apart; empty for the default value.</summary>
    public string HashPart => BaseName.Length == 0 ? string.Empty : BaseName[..HashLength];

    /// <summary>The store, without a slash at its end; empty for the default value.</summary>
    public string Directory => _value is null ? string.Empty : _value[.._value.LastIndexOf('/')];

    /// <summary>Whether this is a derivation (<c>.drv</c>).</summary>
    public bool IsDerivation => _value?.EndsWith(".drv", StringComparison.Ordinal) is true;

    /// <summary>Reads a store path.</summary>
    /// <param name="s">The text, without trailing slash.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The path.</returns>
    /// <exception cref="FormatException">The text is not a store path.</exception>
    public static StorePath Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var path) ? path : throw new FormatException($"'{s}' is not a path in a Nix store.");
    }

    /// <summary>Reads a store path without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The path, or the default value.</param>
    /// <returns>Whether the text is a store path.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StorePath result)
    {
        result = default;
        if (s is not { Length: <= MaxLength } || !IsStoreDirectory(s.AsSpan(0, int.Max(s.LastIndexOf('/'), 0))))
        {
            return false;
        }

        var name = s.AsSpan(s.LastIndexOf('/') + 1);
        if (name.Length is <= HashLength + 1 or > HashLength + 1 + MaxNameLength || name[HashLength] != '-')
        {
            return false;
        }

        if (name[..HashLength].ContainsAnyExcept(HashAlphabet) || !IsName(name[(HashLength + 1)..]))
        {
            return false;
        }

        result = new StorePath(s);
        return true;
    }

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out StorePath)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out StorePath result) => TryParse(s, null, out result);

    /// <summary>The absolute path.</summary>
    /// <returns>The path, or an empty string for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.' or '_' or '?' or '='))
            {
                return false;
            }
        }

        return name is not ("." or "..");
    }

    private static bool IsStoreDirectory(ReadOnlySpan<char> directory)
    {
        if (directory.Length < 2 || directory[0] != '/')
        {
            return false;
        }

        foreach (var part in directory[1..].Split('/'))
        {
            var component = directory[1..][part];
            if (component.IsEmpty || component is "." or ".." || component.ContainsAnyInRange('\0', ' ') || component.Contains('\x7f'))
            {
                return false;
            }
        }

        return true;
    }
}
