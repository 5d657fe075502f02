using Bento.Protocol;

namespace Bento.Building;

/// <summary>What evaluation said about a configuration directory, as the cache keeps it.</summary>
/// <param name="Kind">How the directory describes its systems.</param>
/// <param name="TreeHash">The hash of the tree that was evaluated.</param>
/// <param name="IsComplete">Whether all systems of the directory were evaluated, and not only selected ones.</param>
/// <param name="Systems">The systems by attribute; one that did not evaluate is missing.</param>
internal sealed record EvaluatedDirectory(
    ConfigurationKind Kind, string TreeHash, bool IsComplete, IReadOnlyDictionary<string, StorePath> Systems);
