using Spectre.Console;

namespace Bento.Cli.Terminal;

/// <summary>A Spectre console over standard error: as wide as the terminal, in colour only where that is welcome.</summary>
internal static class Consoles
{
    public static IAnsiConsole Error(CliIo io)
    {
        var isTerminal = io is { IsErrorTerminal: true, IsDumb: false };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && io.UsesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(PlainWriter.Styled(io.Error)),
        });
        console.Profile.Width = io.Width;
        return console;
    }
}
