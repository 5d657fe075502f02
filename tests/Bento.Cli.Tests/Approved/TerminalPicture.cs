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

    /// <param name="title">What a reader hears who sees no picture.</param>
    /// <param name="command">What was typed.</param>
    /// <param name="shown">What the program wrote, with its colours.</param>
    public static string Draw(string title, string command, string shown)
    {
        var lines = $"$ {command}\n{shown.TrimEnd('\n')}".Split('\n');
        var width = (int)(lines.Max(line => Escape().Replace(line, string.Empty).Length) * LetterWidth) + (2 * Margin);
        var height = (lines.Length * LineHeight) + (2 * Margin);
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
            </style>

            """);
        for (var index = 0; index < lines.Length; index++)
        {
            var y = Margin + (index * LineHeight) + 13;
            _ = text.Append(
                CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{y}\" xml:space=\"preserve\">{Coloured(lines[index])}</text>\n");
        }

        return text.Append("</svg>\n").ToString();
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
