using System.Globalization;

namespace Bento.Validation;

/// <summary>The rules that many properties share, said the same way for all of them.</summary>
internal static class Bounds
{
    public static IEnumerable<OptionsProblem> Between(string property, long value, long least, long most) =>
        value >= least && value <= most ? [] : [new(property, $"Must be between {least} and {most}, is {value}.")];

    public static IEnumerable<OptionsProblem> AtLeast(string property, long value, long least) =>
        value >= least ? [] : [new(property, $"Must be at least {least}, is {value}.")];

    public static IEnumerable<OptionsProblem> Between(string property, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value >= least && value <= most ? [] : [new(property, $"Must be between {Text(least)} and {Text(most)}, is {Text(value)}.")];

    /// <summary>A text that must be there.</summary>
    public static IEnumerable<OptionsProblem> Required(string property, string value) =>
        value.Length > 0 ? [] : [new(property, "Is missing.")];

    /// <summary>A path that may depend on no current directory. One that is empty is a matter of <see cref="Required"/>.</summary>
    public static IEnumerable<OptionsProblem> AbsolutePath(string property, string? path) =>
        string.IsNullOrEmpty(path) || (Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal))
            ? []
            : [new(property, $"'{path}' is not an absolute path.")];

    /// <summary>A time in the largest unit that gives a number people read: <c>30 days</c>, <c>1.5 hours</c>.</summary>
    public static string Text(TimeSpan time)
    {
        var (number, unit) = time.Duration() switch
        {
            { TotalDays: >= 1 } => (time.TotalDays, "day"),
            { TotalHours: >= 1 } => (time.TotalHours, "hour"),
            { TotalMinutes: >= 1 } => (time.TotalMinutes, "minute"),
            _ => (time.TotalSeconds, "second"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {unit}{(number == 1 ? string.Empty : "s")}");
    }
}
