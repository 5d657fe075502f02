namespace Bento.Configuration.Documents;

/// <summary>
/// Times from numbers that a variable of the environment may have set to anything: what no time can be is the longest, which no rule
/// allows.
/// </summary>
internal static class SettingTime
{
    public static TimeSpan Days(double number) => Of(number, TimeSpan.TicksPerDay);

    public static TimeSpan Hours(double number) => Of(number, TimeSpan.TicksPerHour);

    public static TimeSpan Minutes(double number) => Of(number, TimeSpan.TicksPerMinute);

    public static TimeSpan Seconds(double number) => Of(number, TimeSpan.TicksPerSecond);

    private static TimeSpan Of(double number, long unit) =>
        Math.Abs(number * unit) < long.MaxValue ? TimeSpan.FromTicks((long)(number * unit)) : TimeSpan.MaxValue;
}
