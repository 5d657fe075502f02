using System.Globalization;
using System.Text.RegularExpressions;
using Bento.Processes;

namespace Bento.Building.Errors;

/// <summary>Reads what Nix prints to standard error when it fails.</summary>
/// <remarks>
/// Nix 2.8 prints the error first and its trace behind it, innermost step first. Later ones print <c>error:</c> alone, the trace with the
/// outermost step first, and the error last, all of it indented.
/// </remarks>
internal static partial class NixReportReader
{
    private const int Indentation = 7;
    private const int MaxPrograms = 4;
    private const string Error = "error:";

    /// <summary>Reads a report.</summary>
    /// <param name="standardError">All that was printed.</param>
    /// <returns>The report; its cause is empty when Nix names none.</returns>
    public static NixReport Read(string standardError)
    {
        var lines = PlainText.OfLines(standardError).Split('\n').Select(line => line.TrimEnd()).ToList();

        // What is indented belongs to an error; the last one that is not is Nix's own. A program that it started may have said "error:"
        // before.
        var start = lines.FindLastIndex(line => line.StartsWith(Error, StringComparison.Ordinal));
        var before = start < 0 ? lines : lines[..start];
        List<string> programs = [.. before.Where(line => OfProgram().IsMatch(line) && !Noise().IsMatch(line))
            .Distinct(StringComparer.Ordinal)
            .TakeLast(MaxPrograms)];
        return start < 0 ? new NixReport(new TraceEntry(string.Empty), [], programs) : Read(lines[start..], programs);
    }

    private static NixReport Read(IReadOnlyList<string> lines, IReadOnlyList<string> programs)
    {
        var entries = new List<Entry>();
        foreach (var line in lines.TakeWhile((line, index) => index == 0 || line.Length == 0 || line.StartsWith(' ') || !IsOther(line))
            .Select(Unindent))
        {
            var current = entries.Count > 0 ? entries[^1] : null;
            if (line.StartsWith(Error, StringComparison.Ordinal) && current is not { IsCause: true, IsEmpty: false })
            {
                entries.Add(new Entry(isCause: true, line[Error.Length..]));
            }
            else if (line.StartsWith('…'))
            {
                entries.Add(new Entry(isCause: false, line[1..]));
            }
            else if (!Truncated().IsMatch(line))
            {
                current?.Add(line);
            }
        }

        var cause = entries.FindLastIndex(entry => entry.IsCause);
        var trace = entries.Where(entry => !entry.IsCause).Select(entry => entry.ToTraceEntry());
        return new NixReport(entries[cause].ToTraceEntry(), [.. cause == 0 ? trace : trace.Reverse()], programs);
    }

    private static string Unindent(string line)
    {
        var indentation = line.Length - line.AsSpan().TrimStart(' ').Length;
        return line[int.Min(indentation, Indentation)..];
    }

    private static bool IsOther(string line) =>
        Noise().IsMatch(line) || line.StartsWith('(') || line.StartsWith("note:", StringComparison.Ordinal);

    /// <summary>An error or a step while its lines are read.</summary>
    private sealed class Entry(bool isCause, string first)
    {
        private readonly List<string> _lines = [first.Trim()];
        private SourcePosition? _position;

        public bool IsCause => isCause;

        public bool IsEmpty => _lines.TrueForAll(line => line.Length == 0);

        public void Add(string line)
        {
            if (_position is null && At().Match(line) is { Success: true } at)
            {
                _position = new SourcePosition(at.Groups[1].Value, Number(at.Groups[2]), Number(at.Groups[3]));
            }
            else if (_position is not null && Code().Match(line) is { Success: true } code)
            {
                _position = Number(code.Groups[1]) == _position.Line ? _position with { Code = code.Groups[2].Value.Trim() } : _position;
            }
            else if (_position is null || !(line.Length == 0 || Pointer().IsMatch(line)))
            {
                _lines.Add(line);
            }
        }

        public TraceEntry ToTraceEntry() => new(string.Join('\n', _lines).Trim(), _position);

        private static int Number(Group group) =>
            int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    [GeneratedRegex(@"^ *at (\S.*?):(\d+):(\d+):?$", RegexOptions.CultureInvariant)]
    private static partial Regex At();

    [GeneratedRegex(@"^ *(\d+)\|(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"^ *\|", RegexOptions.CultureInvariant)]
    private static partial Regex Pointer();

    [GeneratedRegex(@"^\((?:use '--show-trace'|stack trace truncated|\d+ duplicate frames)", RegexOptions.CultureInvariant)]
    private static partial Regex Truncated();

    [GeneratedRegex(
        @"^(?:fatal: |ssh: |remote: |curl: |error: |kex_exchange_identification|Host key verification failed|\S+: Permission denied \()",
        RegexOptions.CultureInvariant)]
    private static partial Regex OfProgram();

    // The first is git's answer to a question of Nix that has no meaning without the repository.
    [GeneratedRegex(
        @"^(?:fatal: Refusing to point HEAD|fatal: Could not read from remote repository|warning: |evaluation warning: "
            + @"|trace: |building '|copying |unpacking '|fetching )",
        RegexOptions.CultureInvariant)]
    private static partial Regex Noise();
}
