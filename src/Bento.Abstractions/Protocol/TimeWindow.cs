using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>
/// A span of some days, by the clock on the wall. A window that ends no later than it starts ends on the next day, which need not be one of
/// <see cref="Days"/>.
/// </summary>
/// <param name="From">The first minute in it.</param>
/// <param name="To">The first minute after it. The same as <paramref name="From"/> means a whole day from then on.</param>
[JsonConverter(typeof(TextJsonConverter<TimeWindow>))]
public readonly record struct TimeWindow(TimeOnly From, TimeOnly To) : IParsable<TimeWindow>
{
    private const string Format = "HH:mm";
    private const string EndOfDay = "24:00";

    // The days on which it does not begin, so that the default value of the type is open on all of them.
    private readonly WeekDays _others;

    /// <summary>The days on which it begins.</summary>
    /// <value>Default: every day.</value>
    public WeekDays Days
    {
        get => WeekDays.All & ~_others;
        init => _others = WeekDays.All & ~value;
    }

    /// <summary>Whether a time is in the window.</summary>
    /// <param name="wallClock">What the clock on the wall shows; its <see cref="DateTime.Kind"/> does not count.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(DateTime wallClock)
    {
        var time = TimeOnly.FromDateTime(wallClock);
        return From < To
            ? BeginsOn(wallClock.DayOfWeek) && time >= From && time < To
            : (BeginsOn(wallClock.DayOfWeek) && time >= From) || (BeginsOn(wallClock.AddDays(-1).DayOfWeek) && time < To);
    }

    /// <summary>Reads a window.</summary>
    /// <param name="s">Two times, and the days before them where it is not every day: <c>02:00-05:00</c>, <c>Mon-Fri 22:00-05:00</c>,
    /// <c>Sat,Sun 00:00-24:00</c>.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The window.</returns>
    /// <exception cref="FormatException">The text is not a window.</exception>
    public static TimeWindow Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var window)
            ? window
            : throw new FormatException($"'{s}' is not a time window such as 02:00-05:00 or Mon-Fri 22:00-05:00.");
    }

    /// <summary>Reads a window without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The window, or the default value.</param>
    /// <returns>Whether the text is a window.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TimeWindow result)
    {
        result = default;
        var words = s?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (words is not [.. { Length: <= 1 } said, var span]
            || span.Split('-') is not [var from, var to]
            || !TryReadTime(from, out var start)
            || !(to == EndOfDay || TryReadTime(to, out _)))
        {
            return false;
        }

        var days = WeekDays.All;
        if (said is [var names])
        {
            days = WeekDays.None;
            foreach (var name in names.Split(','))
            {
                if (WeekDaysText.Read(name) is not (not WeekDays.None and var read))
                {
                    return false;
                }

                days |= read;
            }
        }

        _ = TryReadTime(to, out var end);
        result = new TimeWindow(start, end) { Days = days };
        return true;
    }

    /// <summary>The window as it is written.</summary>
    /// <returns><c>02:00-05:00</c> or <c>Mon-Fri 22:00-05:00</c>.</returns>
    public override string ToString()
    {
        var (from, to) = (From.ToString(Format, CultureInfo.InvariantCulture), To.ToString(Format, CultureInfo.InvariantCulture));

        // One of every day is written as it always was: a release that says the same must stay the same, byte for byte.
        return WeekDaysText.Write(Days) is { Length: > 0 } days
            ? $"{days} {from}-{(To == TimeOnly.MinValue ? EndOfDay : to)}"
            : $"{from}-{to}";
    }

    private bool BeginsOn(DayOfWeek day) => (Days & WeekDaysText.Of(day)) != 0;

    private static bool TryReadTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
