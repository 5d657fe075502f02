using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>Whether windows are open: <c>(windows, now, time zone) → open, or when next</c>. Pure.</summary>
/// <remarks>
/// The clock on the wall decides, as docs/protocol.md says ("Windows"). A host that does not know the time zone keeps them shut: what it
/// would take for the hours of its owner may be the busiest of the day.
/// </remarks>
internal static class WindowRule
{
    /// <summary>A weekly window that the clock leaps over once opens a week later.</summary>
    private const int MaxMinutes = 15 * 24 * 60;

    /// <param name="windows">The windows; null for any time.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">The time zone of the windows; null when it is not known.</param>
    public static bool IsOpen(TimeWindows? windows, DateTimeOffset now, TimeZoneInfo? zone) =>
        windows is null || (zone is not null && windows.Contains(TimeZoneInfo.ConvertTime(now, zone).DateTime));

    /// <summary>The first minute after now in which they are open; null when they never open, or nobody knows.</summary>
    /// <remarks>It walks by the minute, which is right across every change of a clock.</remarks>
    public static DateTimeOffset? Next(TimeWindows windows, DateTimeOffset now, TimeZoneInfo? zone)
    {
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var minute = 1; minute <= MaxMinutes && zone is not null; minute++)
        {
            if (IsOpen(windows, start.AddMinutes(minute), zone))
            {
                return start.AddMinutes(minute);
            }
        }

        return null;
    }

    /// <summary>The time zone of windows; null when this machine does not know it.</summary>
    /// <param name="windows">The windows; null for any time.</param>
    /// <param name="local">The time zone of this machine.</param>
    public static TimeZoneInfo? Zone(TimeWindows? windows, TimeZoneInfo local) => windows?.Zone is not { } name ? local
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : null;

    /// <summary>Why windows are shut, as one sentence.</summary>
    /// <param name="what">What waits: "The switch".</param>
    /// <param name="windows">The windows.</param>
    /// <param name="next">When they open; null when nobody knows.</param>
    public static string Explain(string what, TimeWindows windows, DateTimeOffset? next) => next is { } opens
        ? $"{what} waits for its window ({windows}), which opens at {opens:u}."
        : $"{what} waits for its window ({windows}), and this host does not know that time zone. It needs the files of tzdata (TZDIR).";
}
