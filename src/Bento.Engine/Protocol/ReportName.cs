using System.Globalization;
using System.Text.RegularExpressions;

namespace Bento.Protocol;

/// <summary>
/// The name of a report in <c>logs/</c>: <c>&lt;sequence&gt;-&lt;attempt&gt;-start.json</c>, <c>-result.json</c> or <c>-log.gz</c>.
/// Whatever else lies there is foreign.
/// </summary>
internal readonly partial record struct ReportName(long Sequence, int Attempt, ReportKind Kind)
{
    private const string Start = "start.json";
    private const string Result = "result.json";
    private const string Log = "log.gz";

    public static ReportName? TryParse(string name)
    {
        var match = Grammar().Match(name);
        return match.Success
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new ReportName(sequence, attempt, match.Groups[3].Value switch
            {
                Start => ReportKind.Start,
                Result => ReportKind.Result,
                _ => ReportKind.Log,
            })
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{Attempt}-{Kind switch
    {
        ReportKind.Start => Start,
        ReportKind.Result => Result,
        _ => Log,
    }}");

    [GeneratedRegex(@"\A([0-9]{1,19})-([0-9]{1,9})-(start\.json|result\.json|log\.gz)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
