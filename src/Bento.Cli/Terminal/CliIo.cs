using Bento.Hosts;

namespace Bento.Cli.Terminal;

/// <summary>What the program knows of the world around it; in tests everything is given.</summary>
/// <param name="Out">Data goes here.</param>
/// <param name="Error">What people read goes here.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="WorkingDirectory">Where the program was started; null when that directory no longer exists.</param>
internal sealed record CliIo(TextWriter Out, TextWriter Error, IReadOnlyDictionary<string, string> Environment, string? WorkingDirectory)
{
    /// <summary>Whether a person sees the standard output on a terminal.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person sees the standard error on a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>What a person or a program writes to this one.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Whether a person can answer a question: reads it on a terminal and types on one.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The columns of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The lines of the terminal.</summary>
    public int Height { get; init; } = 24;

    /// <summary>The columns of the terminal that shows the standard error where the output goes elsewhere.</summary>
    public int ErrorWidth { get; init; } = 80;

    /// <summary>How large the terminal is now; null where that does not change.</summary>
    public Func<(int Width, int Height)>? Measure { get; init; }

    /// <summary>Whether the terminal prints what it gets and nothing else: no colour, no cursor.</summary>
    public bool IsDumb => Variable("TERM") == "dumb";

    /// <summary>Whether colours are welcome (https://no-color.org).</summary>
    public bool UsesColor => !IsDumb && (!Environment.TryGetValue("NO_COLOR", out var value) || value.Length == 0);

    /// <summary>The same, as large as the terminal is now.</summary>
    public CliIo Measured() => Measure?.Invoke() is var (width, height) ? this with { Width = width, Height = height } : this;

    /// <summary>The whole path of what somebody named from where the program was started.</summary>
    /// <exception cref="InvalidFleetException">It depends on a current directory that no longer exists.</exception>
    public string FullPath(string path) => Path.IsPathRooted(path)
        ? Path.GetFullPath(path)
        : Path.GetFullPath(path, WorkingDirectory ?? throw new InvalidFleetException(
            [new FleetProblem(path, "The current directory no longer exists. Change to another one (cd), or give the whole path.")]));

    /// <summary>A variable that is set and not empty; else null.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
