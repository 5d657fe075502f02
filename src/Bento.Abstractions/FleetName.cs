using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento;

/// <summary>The name of a fleet. Every release carries it, so that a host never obeys the releases of another fleet.</summary>
/// <remarks>Letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, starting with a letter or digit, at most 63 characters. Compared by ordinal.
/// The default value is not a name and prints as an empty string.</remarks>
[JsonConverter(typeof(TextJsonConverter<FleetName>))]
public readonly record struct FleetName : IParsable<FleetName>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 63;

    private readonly string? _value;

    private FleetName(string value) => _value = value;

    /// <summary>Reads a name.</summary>
    /// <param name="s">The text, without surrounding space.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">The text is not a fleet name.</exception>
    public static FleetName Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var name)
            ? name
            : throw new FormatException(
                $"'{s}' cannot be the name of a fleet: it takes letters, digits, '_', '-' and '.', a letter or digit first, {MaxLength} "
                    + "characters at most.");
    }

    /// <summary>Reads a name without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The name, or the default value.</param>
    /// <returns>Whether the text is a fleet name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FleetName result)
    {
        result = default;
        if (s is not { Length: > 0 and <= MaxLength } || !char.IsAsciiLetterOrDigit(s[0]))
        {
            return false;
        }

        foreach (var c in s)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
            {
                return false;
            }
        }

        result = new FleetName(s);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
