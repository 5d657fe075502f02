namespace Bento.Building;

/// <summary>What an update made of the inputs of one flake.</summary>
/// <param name="Directory">The directory, relative to the Bento directory.</param>
/// <param name="Moves">The inputs that moved, in ordinal order; empty when all were the newest, or the update failed.</param>
/// <remarks>Immutable.</remarks>
public sealed record DirectoryInputs(string Directory, IReadOnlyList<InputMove> Moves)
{
    /// <summary>The inputs that moved, in ordinal order; empty when all were the newest, or the update failed.</summary>
    public IReadOnlyList<InputMove> Moves { get; init => field = ValueList.Of(value); } = ValueList.Of(Moves);

    /// <summary>Why it failed; null when it did not. The lock file is then as it was.</summary>
    public Failure? Failure { get; init; }
}
