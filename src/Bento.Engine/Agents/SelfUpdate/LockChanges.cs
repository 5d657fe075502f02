using Bento.Building;

namespace Bento.Agents.SelfUpdate;

/// <summary>What moved in the lock file of a flake, for people.</summary>
internal static class LockChanges
{
    private const int MaxNamed = 5;
    private const int ShortRevision = 7;
    private const string HashPrefix = "sha256-";

    /// <returns>The inputs that moved: "nixpkgs (1a2b3c4 to 5d6e7f8), dep (new)"; "its inputs" when none is named.</returns>
    public static string Describe(IReadOnlyList<InputMove> moves) => moves.Count switch
    {
        0 => "its inputs",
        <= MaxNamed => Named(moves),
        _ => $"{Named(moves.Take(MaxNamed))} and {moves.Count - MaxNamed} more",
    };

    private static string Named(IEnumerable<InputMove> moves) => string.Join(", ", moves.Select(move => (move.From, move.To) switch
    {
        ({ } from, { } to) => $"{move.Input} ({Short(from)} to {Short(to)})",
        (null, { } to) => $"{move.Input} (new: {Short(to)})",
        _ => $"{move.Input} (gone)",
    }));

    private static string Short(FlakeRevision revision)
    {
        var text = revision.Id.StartsWith(HashPrefix, StringComparison.Ordinal) ? revision.Id[HashPrefix.Length..] : revision.Id;
        return text[..int.Min(text.Length, ShortRevision)];
    }
}
