using System.Globalization;
using System.Text;

namespace Bento.Benchmarks.Output;

/// <summary>Draws how cost grows, both axes logarithmic, so that a straight line is a power: its exponent stands beside its name.</summary>
internal sealed class GrowthPlot
{
    private const int Width = 640;
    private const int Height = 400;
    private const int Left = 64;
    private const int Right = Width - 190;
    private const int Top = 36;
    private const int Bottom = Height - 48;
    private const string Ink = "#59636e";

    private static readonly string[] Colours = ["#0969da", "#bc4c00", "#1a7f37", "#8250df"];

    private readonly StringBuilder _picture = new();
    private readonly LogarithmicAxis _sizes;
    private readonly LogarithmicAxis _seconds;

    private GrowthPlot(IReadOnlyCollection<(int Size, double Seconds)> points)
    {
        _sizes = new LogarithmicAxis([.. points.Select(point => (double)point.Size)], Left, Right);
        _seconds = new LogarithmicAxis([.. points.Select(point => point.Seconds)], Bottom, Top);
    }

    /// <param name="title">What is drawn.</param>
    /// <param name="across">What the sizes count.</param>
    /// <param name="lines">The kinds of work.</param>
    /// <returns>An SVG picture.</returns>
    public static string Draw(string title, string across, IReadOnlyList<Growth> lines)
    {
        var plot = new GrowthPlot([.. lines.SelectMany(line => line.Points)]);
        plot.Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""");
        plot.Add($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        plot.Add($"""<text x="{Left}" y="20" font-size="14" font-weight="600" fill="#1f2328">{title}</text>""");
        plot.Add($"""<text x="{(Left + Right) / 2}" y="{Height - 10}" text-anchor="middle" fill="{Ink}">{across}</text>""");
        plot.AddGrid();
        foreach (var (index, line) in lines.Index())
        {
            plot.AddLine(line, Colours[index % Colours.Length]);
        }

        plot.Add($"</svg>");
        return plot._picture.ToString();
    }

    private void AddGrid()
    {
        foreach (var size in _sizes.Marks)
        {
            var x = _sizes.At(size);
            Add($"""<line x1="{x:0.#}" y1="{Top}" x2="{x:0.#}" y2="{Bottom}" stroke="#d1d9e0"/>""");
            Add($"""<text x="{x:0.#}" y="{Bottom + 16}" text-anchor="middle" fill="{Ink}">{size:#,0}</text>""");
        }

        foreach (var seconds in _seconds.Marks)
        {
            var y = _seconds.At(seconds);
            Add($"""<line x1="{Left}" y1="{y:0.#}" x2="{Right}" y2="{y:0.#}" stroke="#d1d9e0"/>""");
            Add($"""<text x="{Left - 6}" y="{y + 4:0.#}" text-anchor="end" fill="{Ink}">{seconds:0.###} s</text>""");
        }
    }

    private void AddLine(Growth line, string colour)
    {
        var points = line.Points.Select(point => (X: _sizes.At(point.Size), Y: _seconds.At(point.Seconds))).ToList();
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        Add($"""<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>""");
        points.ForEach(point => Add($"""<circle cx="{point.X:0.#}" cy="{point.Y:0.#}" r="3" fill="{colour}"/>"""));
        Add($"""<text x="{Right + 10}" y="{points[^1].Y + 4:0.#}" fill="{colour}">{line.Name} (n^{line.Exponent:0.0})</text>""");
    }

    private void Add(FormattableString element) =>
        _picture.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
