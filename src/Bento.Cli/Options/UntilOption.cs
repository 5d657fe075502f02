using System.CommandLine;
using System.Globalization;

namespace Bento.Cli.Options;

/// <summary><c>--until</c>: a time from now (8h, 2d), or a day or a minute by the clock of whoever types it.</summary>
internal static class UntilOption
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK"];

    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--until") { Description = description, HelpName = "TIME" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !TryParse(text, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, out _))
            {
                result.AddError($"--until: '{text}' is not a time: give one like 8h, 2d, 2026-12-24 or 2026-12-24T18:00.");
            }
        });
        return option;
    }

    /// <param name="text">What was typed.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">Whose clock counts where the text names none.</param>
    /// <param name="until">The time that is meant.</param>
    public static bool TryParse(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset until)
    {
        until = now;
        if (Durations.TryParse(text) is { } duration)
        {
            until = now + duration;
            return true;
        }

        if (!DateTime.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.None, out var said))
        {
            return false;
        }

        // An hour that the clock leaps over is meant as the one after it.
        until = said.Kind == DateTimeKind.Utc ? new DateTimeOffset(said)
            : new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(said) ? said.AddHours(1) : said, zone));
        return true;
    }
}
