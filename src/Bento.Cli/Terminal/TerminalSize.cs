using System.Globalization;

namespace Bento.Cli.Terminal;

/// <summary>How large the terminal is.</summary>
internal static class TerminalSize
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;

    /// <summary>Nothing is wrapped in a pipe: a line is a record.</summary>
    private const int PipeWidth = 4096;

    public static int Width(IReadOnlyDictionary<string, string> environment) =>
        Said(environment) ?? (Console.IsOutputRedirected ? PipeWidth : Measured());

    /// <summary>The same of the terminal behind the standard error, whatever the output is.</summary>
    public static int ErrorWidth(IReadOnlyDictionary<string, string> environment) => Said(environment) ?? Measured();

    public static int Height()
    {
        try
        {
            return !Console.IsOutputRedirected && Console.WindowHeight > 0 ? Console.WindowHeight : DefaultHeight;
        }
        catch (IOException)
        {
            return DefaultHeight;
        }
    }

    private static int? Said(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue("COLUMNS", out var columns)
        && int.TryParse(columns, CultureInfo.InvariantCulture, out var width)
        && width > 0
            ? width
            : null;

    private static int Measured()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
