namespace Bento.Transport;

/// <summary>One command that a server needs, as root.</summary>
/// <param name="Purpose">What it does, in a few words.</param>
/// <param name="Command">The program and its arguments.</param>
/// <remarks>Immutable.</remarks>
public sealed record ServerStep(string Purpose, IReadOnlyList<string> Command)
{
    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command { get; init => field = ValueList.Of(value); } = ValueList.Of(Command);

    /// <summary>What the program reads from standard input.</summary>
    /// <value>Default: nothing.</value>
    public string Input { get; init; } = string.Empty;

    /// <summary>The command as it is typed into a shell.</summary>
    /// <returns>One command, its input before it; more than one line where the input has more.</returns>
    public override string ToString()
    {
        var command = string.Join(' ', Command.Select(Quoted));
        return Input.Length == 0 ? command : $"printf %s {Quoted(Input)} | {command}";
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:@%+,".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
