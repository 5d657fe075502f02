namespace Bento.Protocol;

/// <summary>How days of the week are written: <c>Mon-Fri</c>, <c>Sat,Sun</c>. Pure.</summary>
internal static class WeekDaysText
{
    private const int Count = 7;

    /// <summary>From how many days in a row a span is shorter to read than a list.</summary>
    private const int ShortestSpan = 3;

    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static WeekDays Of(DayOfWeek day) => Day(((int)day + Count - 1) % Count);

    /// <summary>Reads one day, or a span of days that may go over the end of the week.</summary>
    /// <returns>The days; none when the text says none.</returns>
    public static WeekDays Read(ReadOnlySpan<char> text)
    {
        var dash = text.IndexOf('-');
        var (first, last) = dash < 0 ? (Find(text), Find(text)) : (Find(text[..dash]), Find(text[(dash + 1)..]));
        if (first < 0 || last < 0)
        {
            return WeekDays.None;
        }

        var days = Day(last);
        for (var day = first; day != last; day = (day + 1) % Count)
        {
            days |= Day(day);
        }

        return days;
    }

    /// <summary>The days as they are written; empty for every day.</summary>
    public static string Write(WeekDays days)
    {
        if ((days & WeekDays.All) is WeekDays.All or WeekDays.None)
        {
            return string.Empty;
        }

        var words = new List<string>();
        for (var start = 0; start < Count; start++)
        {
            if (!Has(days, start) || Has(days, start + Count - 1))
            {
                continue;
            }

            var length = 1;
            while (Has(days, start + length))
            {
                length++;
            }

            words.AddRange(length >= ShortestSpan
                ? [$"{Names[start]}-{Names[(start + length - 1) % Count]}"]
                : Enumerable.Range(start, length).Select(day => Names[day % Count]));
        }

        return string.Join(',', words);
    }

    private static bool Has(WeekDays days, int day) => (days & Day(day % Count)) != 0;

    private static WeekDays Day(int index) => (WeekDays)(1 << index);

    private static int Find(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < Count; index++)
        {
            if (name.Equals(Names[index], StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }
}
