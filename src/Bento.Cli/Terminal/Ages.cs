using System.Globalization;

namespace Bento.Cli.Terminal;

/// <summary>Lengths of time in a few characters.</summary>
internal static class Ages
{
    public static string Of(DateTimeOffset? time, DateTimeOffset now) => time is { } known ? now < known ? "now" : Short(now - known) : "-";

    public static string Short(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalSeconds):0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalMinutes):0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalHours):0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalDays):0} d"),
    };
}
