using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Building.Fleet;

/// <summary>What evaluation said about a configuration directory, as the cache keeps it.</summary>
/// <param name="Kind">How the directory describes its systems.</param>
/// <param name="TreeHash">The hash of the tree that was evaluated.</param>
/// <param name="Attributes">All systems that the directory describes; null when nobody has listed them.</param>
/// <param name="Derivations">The systems that were evaluated, by attribute.</param>
internal sealed record EvaluatedDirectory(
    ConfigurationKind Kind,
    TreeHash TreeHash,
    IReadOnlyList<string>? Attributes,
    IReadOnlyDictionary<string, SystemDerivation> Derivations)
{
    /// <summary>Where the tree came from; null when that is not known.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Whether all hosts of the directory were evaluated, and not only selected ones or those that evaluate.</summary>
    public bool IsComplete(HostNaming naming) =>
        Attributes?.Where(attribute => !naming.IsIgnored(attribute)).All(Derivations.ContainsKey) is true;

    /// <summary>The systems by attribute.</summary>
    public IReadOnlyDictionary<string, StorePath> Systems { get; } =
        Derivations.ToDictionary(system => system.Key, system => system.Value.System, StringComparer.Ordinal);
}
