namespace Bento.Hosts;

/// <summary>A program that gets JSON on its standard input: an entry of <c>notify.commands</c>.</summary>
public sealed class NotifyCommandOptions
{
    /// <summary>What it is called in messages, and where it is kept what it was told. Unique.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The program and its arguments; never given to a shell. At least the program.</summary>
    public IList<string> Command { get; } = [];
}
