namespace Bento.Cli.Deploy;

/// <summary>Names in a line, the first few of many.</summary>
internal static class NameList
{
    private const int Most = 5;

    public static string Of(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Most - 1))} and {names.Count - Most + 1} more";
}
