using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bento.Cli.Rendering;

/// <summary>Spectre consoles over the writers of the program: as wide as the terminal, in colour only where that is welcome.</summary>
internal static class Consoles
{
    public static IAnsiConsole Out(CliIo io) => Create(io, io.Out, io.IsOutputTerminal);

    /// <summary>Writes to standard output; in a pipe without the spaces that fill a column, which only a terminal hides.</summary>
    public static void Write(CliIo io, IRenderable content)
    {
        if (io.IsOutputTerminal)
        {
            Out(io).Write(content);
            return;
        }

        using var text = new StringWriter();
        Create(io, text, isTerminal: false).Write(content);
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            io.Out.WriteLine(line.TrimEnd());
        }
    }

    public static IAnsiConsole Error(CliIo io) => Create(io, io.Error, io.IsErrorTerminal);

    private static IAnsiConsole Create(CliIo io, TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && io.UsesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = io.Width;
        return console;
    }
}
