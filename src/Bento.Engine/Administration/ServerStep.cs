using Bento.Transport;

namespace Bento.Administration;

/// <summary>One command that a server needs, as root.</summary>
/// <param name="purpose">What it does, in a few words.</param>
/// <param name="command">The program and its arguments.</param>
/// <remarks>Immutable.</remarks>
public sealed class ServerStep(string purpose, IReadOnlyList<string> command)
{
    /// <summary>What it does, in a few words.</summary>
    public string Purpose { get; } = purpose;

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command { get; } = [.. command];

    /// <summary>What the program reads from standard input.</summary>
    /// <value>Default: nothing.</value>
    public string Input { get; init; } = string.Empty;

    /// <summary>The command as it is typed into a shell.</summary>
    /// <returns>One command, its input before it; more than one line where the input has more.</returns>
    public override string ToString()
    {
        var command = ShellCommand.Text(Command);
        return Input.Length == 0 ? command : $"printf %s {ShellCommand.Text(Input)} | {command}";
    }
}
