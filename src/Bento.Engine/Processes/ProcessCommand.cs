namespace Bento.Processes;

/// <summary>A program to run, with everything that it is given.</summary>
/// <param name="Program">An absolute path, or a name that is looked up on the PATH.</param>
/// <param name="Arguments">The arguments, each passed as it is: no shell sees them.</param>
internal sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The most characters of a line that a callback gets; the rest of the line is dropped.</summary>
    public const int DefaultMaxLineLength = 64 * 1024;

    /// <summary>The most characters of standard output that an outcome holds.</summary>
    public const int DefaultMaxOutputLength = 64 * 1024 * 1024;

    private static readonly Dictionary<string, string?> Inherited = [];

    /// <summary>What changes in the inherited environment; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = Inherited;

    /// <summary>Where the program starts; null for the directory of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What the program reads from standard input; it finds the end of a file behind that.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Gets the number of the process as soon as it runs.</summary>
    public Action<int>? OnStarted { get; init; }

    /// <summary>
    /// Gets each line of standard output while the program runs. When it throws, it is not called again, and the run throws after the
    /// program's end.
    /// </summary>
    public Action<string>? OnOutputLine { get; init; }

    /// <summary>Gets each line of standard error while the program runs. Like <see cref="OnOutputLine"/> otherwise.</summary>
    public Action<string>? OnErrorLine { get; init; }

    /// <summary>The most characters of a line that a callback gets.</summary>
    public int MaxLineLength { get; init; } = DefaultMaxLineLength;

    /// <summary>The most characters of standard output that the outcome holds; what comes after is read and dropped.</summary>
    public int MaxOutputLength { get; init; } = DefaultMaxOutputLength;

    /// <summary>
    /// How long the program may take to end after it was interrupted; zero kills it at once, with its children, and does not ask.
    /// </summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);
}
