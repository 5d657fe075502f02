using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento;

/// <summary>The name of a host: the name of its configuration, of its system user on the server and of its area.</summary>
/// <remarks>
/// A letter or underscore, then letters, digits, <c>_</c> and <c>-</c>, at most 31 characters: what systemd and shadow accept
/// as a user name (https://systemd.io/USER_NAMES/, strict mode, plus upper case). Compared by ordinal. The default value is not a name and
/// prints as an empty string.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<HostName>))]
public readonly record struct HostName : IParsable<HostName>, IComparable<HostName>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 31;

    private readonly string? _value;

    private HostName(string value) => _value = value;

    /// <summary>Reads a name.</summary>
    /// <param name="s">The text, without surrounding space.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">The text is not a host name; the message says which rule it breaks.</exception>
    public static HostName Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var name)
            ? name
            : throw new FormatException(
                $"'{s}' cannot be the name of a host: it takes a letter or '_', then letters, digits, '_' and '-', {MaxLength} "
                    + "characters at most (the name of a system user).");
    }

    /// <summary>Reads a name without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The name, or the default value.</param>
    /// <returns>Whether the text is a host name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HostName result)
    {
        result = default;
        if (s is not { Length: > 0 and <= MaxLength } || !(char.IsAsciiLetter(s[0]) || s[0] == '_'))
        {
            return false;
        }

        foreach (var c in s)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        result = new HostName(s);
        return true;
    }

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out HostName)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out HostName result) => TryParse(s, null, out result);

    /// <inheritdoc/>
    public int CompareTo(HostName other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;

    /// <summary>Whether the left name sorts first.</summary>
    public static bool operator <(HostName left, HostName right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left name sorts first or both are the same.</summary>
    public static bool operator <=(HostName left, HostName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left name sorts last.</summary>
    public static bool operator >(HostName left, HostName right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left name sorts last or both are the same.</summary>
    public static bool operator >=(HostName left, HostName right) => left.CompareTo(right) >= 0;
}
