namespace Bento.Cli.Terminal;

/// <summary>Asks a person.</summary>
internal static class Question
{
    private static readonly string[] Yes = ["y", "yes"];
    private static readonly string[] No = ["", "n", "no"];

    /// <summary>Asks until there is an answer: what was built for minutes is not lost by a slip of a finger.</summary>
    /// <returns>Whether it was yes; a closed input and an empty line mean no.</returns>
    public static async Task<bool> AskAsync(CliIo io, string question, CancellationToken cancellationToken)
    {
        while (true)
        {
            await io.Error.WriteAsync($"{question} [y/N] ");
            await io.Error.FlushAsync(cancellationToken);

            // A terminal cannot be read with a token; the thread that waits for it ends with the program.
            var answer = (await Task.Run(io.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken) ?? string.Empty).Trim();
            if (Yes.Contains(answer, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }

            if (No.Contains(answer, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }

            await io.Error.WriteLineAsync("Answer y or n.");
        }
    }
}
