using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>A span of every day, by local time. A window that starts later than it ends goes across midnight.</summary>
/// <param name="From">The first minute in it.</param>
/// <param name="To">The first minute after it. The same as <paramref name="From"/> means the whole day.</param>
[JsonConverter(typeof(TextJsonConverter<TimeWindow>))]
public readonly record struct TimeWindow(TimeOnly From, TimeOnly To) : IParsable<TimeWindow>
{
    private const string Format = "HH:mm";

    /// <summary>Whether a time of day is in the window.</summary>
    /// <param name="time">The time of day.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(TimeOnly time) => From == To || time.IsBetween(From, To);

    /// <summary>Reads a window.</summary>
    /// <param name="s">Two times: <c>02:00-05:00</c>.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The window.</returns>
    /// <exception cref="FormatException">The text is not a window.</exception>
    public static TimeWindow Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var window)
            ? window
            : throw new FormatException($"'{s}' is not a time window such as 02:00-05:00.");
    }

    /// <summary>Reads a window without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The window, or the default value.</param>
    /// <returns>Whether the text is a window.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TimeWindow result)
    {
        result = default;
        if (s?.Split('-') is not [var from, var to]
            || !TimeOnly.TryParseExact(from, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            || !TimeOnly.TryParseExact(to, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var end))
        {
            return false;
        }

        result = new TimeWindow(start, end);
        return true;
    }

    /// <summary>The window as it is written.</summary>
    /// <returns><c>02:00-05:00</c>.</returns>
    public override string ToString() =>
        $"{From.ToString(Format, CultureInfo.InvariantCulture)}-{To.ToString(Format, CultureInfo.InvariantCulture)}";
}
