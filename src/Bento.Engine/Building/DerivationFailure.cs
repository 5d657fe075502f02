namespace Bento.Building;

/// <summary>A derivation whose own build failed, rather than one that needs it.</summary>
/// <param name="Derivation">The derivation.</param>
/// <param name="Failure">Why.</param>
internal sealed record DerivationFailure(StorePath Derivation, BuildFailure Failure);
