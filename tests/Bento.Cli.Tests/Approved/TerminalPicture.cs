using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Bento.Cli.Tests.Approved;

/// <summary>What stands on a terminal, as a picture for the documentation: SVG that is as light or dark as the page around it.</summary>
internal static partial class TerminalPicture
{
    private const double LetterWidth = 8;
    private const int LineHeight = 18;
    private const int Margin = 14;

    /// <summary>How long a scene of a film stays: long enough to read it.</summary>
    private const int SecondsPerScene = 5;

    /// <param name="title">What a reader hears who sees no picture.</param>
    /// <param name="command">What was typed.</param>
    /// <param name="shown">What the program wrote, with its colours.</param>
    public static string Draw(string title, string command, string shown) => Draw(title, [(command, shown)]);

    /// <summary>A film of several commands, one after the other; a reader who wants nothing to move sees the last.</summary>
    /// <param name="title">What a reader hears who sees no picture.</param>
    /// <param name="scenes">What was typed, and what the program wrote.</param>
    public static string Draw(string title, IReadOnlyList<(string Command, string Shown)> scenes)
    {
        var frames = scenes.Select(scene => $"$ {scene.Command}\n{scene.Shown.TrimEnd('\n')}".Split('\n')).ToList();
        var width = (int)(frames.Max(lines => lines.Max(line => Escape().Replace(line, string.Empty).Length)) * LetterWidth) + (2 * Margin);
        var height = (frames.Max(lines => lines.Length) * LineHeight) + (2 * Margin);
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}"
              role="img" aria-label="{{SecurityElement.Escape(title)}}">
            <style>
            svg { background: #ffffff; border-radius: 6px }
            text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328; white-space: pre }
            .b { font-weight: bold } .r { fill: #cf222e } .y { fill: #9a6700 } .g { fill: #1a7f37 }
            @media (prefers-color-scheme: dark) {
            svg { background: #0d1117 } text { fill: #e6edf3 }
            .r { fill: #ff7b72 } .y { fill: #d29922 } .g { fill: #3fb950 }
            }
            {{Motion(frames.Count)}}</style>

            """);
        for (var frame = 0; frame < frames.Count; frame++)
        {
            _ = text.Append(frames.Count > 1 ? $"<g class=\"s s{frame}\">\n" : string.Empty);
            for (var index = 0; index < frames[frame].Length; index++)
            {
                var y = Margin + (index * LineHeight) + 13;
                _ = text.Append(
                    CultureInfo.InvariantCulture,
                    $"<text x=\"{Margin}\" y=\"{y}\" xml:space=\"preserve\">{Coloured(frames[frame][index])}</text>\n");
            }

            _ = text.Append(frames.Count > 1 ? "</g>\n" : string.Empty);
        }

        return text.Append("</svg>\n").ToString();
    }

    /// <summary>Each scene begins where the one before it ends, and the last stays where nothing may move.</summary>
    private static string Motion(int scenes)
    {
        if (scenes == 1)
        {
            return string.Empty;
        }

        var all = scenes * SecondsPerScene;
        var starts = string.Join(' ', Enumerable.Range(0, scenes).Select(
            scene => $".s{scene} {{ animation-delay: {(scene * SecondsPerScene) - all}s }}"));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            @keyframes scene { 0% { opacity: 1 } {{100d / scenes:0.##}}% { opacity: 0 } }
            .s { opacity: 0; animation: scene {{all}}s step-end infinite } .s{{scenes - 1}} { opacity: 1 }
            {{starts}}
            @media (prefers-reduced-motion: reduce) { .s { animation: none } }

            """);
    }

    private static string Coloured(string line)
    {
        var text = new StringBuilder();
        var at = 0;
        var isOpen = false;
        foreach (var escape in Escape().Matches(line).Cast<Match>())
        {
            _ = text.Append(SecurityElement.Escape(line[at..escape.Index])).Append(isOpen ? "</tspan>" : string.Empty);
            isOpen = ClassOf(escape.Groups[1].Value) is { } name;
            _ = text.Append(isOpen ? $"<tspan class=\"{ClassOf(escape.Groups[1].Value)}\">" : string.Empty);
            at = escape.Index + escape.Length;
        }

        return text.Append(SecurityElement.Escape(line[at..])).Append(isOpen ? "</tspan>" : string.Empty).ToString();
    }

    private static string? ClassOf(string style) => style switch
    {
        "1" => "b",
        "91" => "r",
        "93" => "y",
        "32" => "g",
        _ => null,
    };

    [GeneratedRegex(@"\u001b\[([0-9]*)m", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
