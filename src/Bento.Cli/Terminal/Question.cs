namespace Bento.Cli.Terminal;

/// <summary>Asks a person.</summary>
internal static class Question
{
    /// <summary>Only the whole word is a yes: what follows is not undone by another key.</summary>
    private const string Yes = "yes";

    public static async Task<bool> AskAsync(CliIo io, string question, CancellationToken cancellationToken)
    {
        await io.Error.WriteAsync($"{question} Type '{Yes}' to go on: ");
        await io.Error.FlushAsync(cancellationToken);

        // A terminal cannot be read with a token; the thread that waits for it ends with the program.
        var answer = await Task.Run(io.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return string.Equals(answer?.Trim(), Yes, StringComparison.OrdinalIgnoreCase);
    }
}
