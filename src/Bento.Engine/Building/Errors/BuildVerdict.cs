namespace Bento.Building.Errors;

/// <summary>What came of a build that did not succeed as a whole.</summary>
/// <param name="Failures">Why systems were not built, by their derivation.</param>
/// <param name="Untried">Systems that are not built, and nothing that they need failed: Nix ended before.</param>
/// <param name="General">Why Nix ended, when that concerns no derivation in particular.</param>
internal sealed record BuildVerdict(
    IReadOnlyDictionary<StorePath, BuildFailure> Failures, IReadOnlyList<SystemDerivation> Untried, BuildFailure General);
