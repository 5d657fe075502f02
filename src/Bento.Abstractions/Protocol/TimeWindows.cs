using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Bento.Json;

namespace Bento.Protocol;

/// <summary>When something may be done to a host: one window or several, by the clock on the wall in one place.</summary>
/// <remarks>
/// Immutable. The clock on the wall decides, so nothing is done outside the hours that are written here, also where daylight saving makes
/// a day longer or shorter: hours that the clock shows twice are in a window twice, and a window whose hours the clock leaps over does not
/// open on that day.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<TimeWindows>))]
public sealed partial record TimeWindows : IParsable<TimeWindows>
{
    /// <summary>How many windows there may be.</summary>
    public const int MaxWindows = 32;

    private const int MaxLength = 1024;
    private const int MaxZoneLength = 64;

    /// <summary>The windows; at least one.</summary>
    public required IReadOnlyList<TimeWindow> Windows { get; init => field = ValueList.Of(value); }

    /// <summary>Whose clock counts, by its IANA name such as <c>Europe/Berlin</c>; null for the host's own.</summary>
    /// <value>Default: null.</value>
    public string? Zone { get; init; }

    /// <summary>Whether a time is in one of the windows.</summary>
    /// <param name="wallClock">What the clock on the wall shows in <see cref="Zone"/>.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(DateTime wallClock) => Windows.Any(window => window.Contains(wallClock));

    /// <summary>Reads windows.</summary>
    /// <param name="s">Windows with commas between them, and the time zone behind them where it is not the host's own:
    /// <c>Mon-Fri 22:00-05:00, Sat,Sun 00:00-24:00 Europe/Berlin</c>.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="FormatException">The text says none.</exception>
    public static TimeWindows Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var windows)
            ? windows
            : throw new FormatException(
                $"'{s}' is not a time window such as 02:00-05:00, or several such as Mon-Fri 22:00-05:00, Sun 10:00-16:00 Europe/Berlin.");
    }

    /// <summary>Reads windows without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The windows, or null.</param>
    /// <returns>Whether the text says at least one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out TimeWindows result)
    {
        result = null;
        if (s is not { Length: > 0 and <= MaxLength })
        {
            return false;
        }

        var text = s.Trim();
        var zone = text[(text.LastIndexOf(' ') + 1)..];
        var isZoneSaid = zone.Length <= MaxZoneLength && ZoneName().IsMatch(zone);
        var windows = new List<TimeWindow>();
        var days = string.Empty;
        foreach (var piece in (isZoneSaid ? text[..^zone.Length] : text).Split(',', StringSplitOptions.TrimEntries))
        {
            // A comma stands between windows, and between the days of one: what has no time belongs to what follows.
            if (TimeWindow.TryParse(days + piece, provider, out var window))
            {
                windows.Add(window);
                days = string.Empty;
            }
            else if (WeekDaysText.Read(piece) != WeekDays.None)
            {
                days += $"{piece},";
            }
            else
            {
                return false;
            }
        }

        if (windows.Count is 0 or > MaxWindows || days.Length > 0)
        {
            return false;
        }

        result = new TimeWindows { Windows = windows, Zone = isZoneSaid ? zone : null };
        return true;
    }

    /// <summary>The windows as they are written.</summary>
    /// <returns><c>Mon-Fri 22:00-05:00, Sun 10:00-16:00 Europe/Berlin</c>.</returns>
    public override string ToString() =>
        string.Join(", ", Windows.Select(window => window.ToString())) + (Zone is { } zone ? $" {zone}" : string.Empty);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
