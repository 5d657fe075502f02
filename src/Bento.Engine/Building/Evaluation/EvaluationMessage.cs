using System.Globalization;
using Bento.Building.Errors;

namespace Bento.Building.Evaluation;

/// <summary>Says why an evaluation failed: the cause, where in the configuration, and for which option.</summary>
internal static class EvaluationMessage
{
    private const int MaxCode = 120;

    private static readonly string[] Telling = ["while evaluating the option ", "while evaluating definitions from "];

    /// <summary>Says it.</summary>
    /// <param name="report">What Nix says.</param>
    /// <param name="directory">What was evaluated.</param>
    /// <returns>One or more lines.</returns>
    public static string Of(NixReport report, string directory)
    {
        var files = new UserFiles(directory, report);

        // Nix itself may only say that git failed; whoever reads one line should read what git said.
        List<string> lines = [.. report.Programs, NixErrorText.Shorten(files.Shorten(report.Cause.Text))];
        if (Place(report, files) is { } place)
        {
            lines.Add(place.Code is { Length: > 0 } code
                ? $"at {Where(place)}: {(code.Length > MaxCode ? $"{code.AsSpan(0, MaxCode)}..." : code)}"
                : $"at {Where(place)}");
        }

        lines.AddRange(Telling
            .Select(words => report.Trace.FirstOrDefault(entry => entry.Text.StartsWith(words, StringComparison.Ordinal)))
            .OfType<TraceEntry>()
            .Select(entry => files.Shorten(entry.Text.Split('\n')[0].TrimEnd(':'))));
        return string.Join('\n', lines);
    }

    /// <summary>
    /// The configuration's own file that is nearest to the error; else where the error is, unless that is in an expression of Bento or of
    /// Nix.
    /// </summary>
    private static SourcePosition? Place(NixReport report, UserFiles files)
    {
        var positions = report.Trace.Prepend(report.Cause).Select(entry => entry.Position).OfType<SourcePosition>();
        return positions.Select(files.Find).FirstOrDefault(position => position is not null)
            ?? (report.Cause.Position is { } own && own.File.StartsWith('/') ? own : null);
    }

    private static string Where(SourcePosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position.File}:{position.Line}:{position.Column}");
}
