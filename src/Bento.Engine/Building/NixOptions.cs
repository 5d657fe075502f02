using System.ComponentModel.DataAnnotations;

namespace Bento.Building;

/// <summary>How Bento uses Nix.</summary>
public sealed class NixOptions
{
    /// <summary>The directory that holds <c>nix</c>, <c>nix-store</c> and <c>nix-instantiate</c>.</summary>
    /// <value>Default: null, they are found on the PATH.</value>
    public string? ProgramDirectory { get; set; }

    /// <summary>Arguments that every call of Nix gets, such as <c>--option</c>, <c>cores</c>, <c>2</c>.</summary>
    /// <value>Default: none.</value>
    public IList<string> ExtraArguments { get; } = [];

    /// <summary>What changes in the environment that Nix inherits, such as <c>NIX_PATH</c>; a null value removes a variable.</summary>
    /// <value>Default: nothing.</value>
    public IDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>How many of the last lines of a failed builder's log a <see cref="BuildFailure"/> holds.</summary>
    /// <value>Default: 20.</value>
    [Range(0, 1000)]
    public int LogTailLines { get; set; } = NixDefaults.LogTailLines;

    /// <summary>How many evaluations run at the same time; each may need a gigabyte of memory.</summary>
    /// <value>Default: 2.</value>
    [Range(1, 1024)]
    public int MaxConcurrentEvaluations { get; set; } = NixDefaults.MaxConcurrentEvaluations;
}
