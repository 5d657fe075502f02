namespace Bento.Building;

/// <summary>How Bento uses Nix.</summary>
public sealed class NixOptions
{
    /// <summary>The directory that holds <c>nix</c>, <c>nix-store</c> and <c>nix-instantiate</c>.</summary>
    /// <value>Default: null, they are found on the PATH.</value>
    public string? ProgramDirectory { get; set; }

    /// <summary>
    /// Arguments that the programs of Nix get, such as <c>--option</c>, <c>cores</c>, <c>2</c>. Those that a program does not know it does
    /// not get:
    /// <c>--impure</c> goes to <c>nix eval</c>, and not to <c>nix-store</c>.
    /// </summary>
    /// <value>Default: none.</value>
    public IList<string> ExtraArguments { get; } = [];

    /// <summary>What changes in the environment that Nix inherits, such as <c>NIX_PATH</c>; a null value removes a variable.</summary>
    /// <value>Default: nothing.</value>
    public IDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Whether Nix is told to wait for the disk before it calls a path valid.</summary>
    internal bool SurvivesPowerCuts { get; set; }

    /// <summary>How many of the last lines of a failed builder's log a <see cref="BuildFailure"/> holds.</summary>
    /// <value>Default: 20.</value>
    public int LogTailLines { get; set; } = NixDefaults.LogTailLines;

    /// <summary>
    /// How many evaluations run at the same time at most. There are fewer where memory does not suffice for a gigabyte each.
    /// </summary>
    /// <value>Default: null, as many as there are processors.</value>
    public int? MaxConcurrentEvaluations { get; set; }

    /// <summary>
    /// How many bytes of memory all evaluations together may take. One that takes more than its share goes on in a new process after the
    /// next system.
    /// </summary>
    /// <value>Default: null, three quarters of what is free.</value>
    public long? EvaluationMemory { get; set; }
}
