using System.Text;

namespace Bento.Agents.Machine;

/// <summary>
/// Passes a log on and remembers whether a switch said in it that it refuses to begin: before it has touched anything, nixpkgs' programs
/// end with no exit code of their own.
/// </summary>
internal sealed class SwitchRefusal(TextWriter log) : TextWriter
{
    private static readonly (string Said, string Meaning)[] Refusals =
    [
        ("Could not acquire lock", "Another switch was under way."),
        ("Failed to acquire lock", "Another switch was under way."),
        ("Pre-switch checks failed", "The checks of the system before the switch failed."),
    ];

    /// <summary>Why the switch did not begin; null when it said nothing of the kind.</summary>
    public string? Reason { get; private set; }

    public override Encoding Encoding => log.Encoding;

    public override void Write(char value) => log.Write(value);

    public override void WriteLine(string? value)
    {
        Reason ??= Refusals.FirstOrDefault(refusal => value?.Contains(refusal.Said, StringComparison.Ordinal) is true).Meaning;
        log.WriteLine(value);
    }
}
