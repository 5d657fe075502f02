namespace Bento.Hosts;

/// <summary>How a configuration tree differs from what git has of it.</summary>
internal sealed record WorkTreeState
{
    /// <summary>The branch that is checked out; null when none is.</summary>
    public required string? Branch { get; init; }

    /// <summary>What the tree consists of: its directory, and what links in it lead to.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether there is a commit at all.</summary>
    public required bool HasCommits { get; init; }

    /// <summary>Something that is not as the last commit has it, relative to the tree; null when all is.</summary>
    public required string? FirstChange { get; init; }

    public bool IsDirty => FirstChange is not null || !HasCommits;
}
