namespace Bento.Building;

/// <summary>How the build of one system ended.</summary>
/// <param name="Derivation">What was built.</param>
/// <param name="Failure">Why it failed; null when the system is valid in the store.</param>
/// <remarks>Immutable.</remarks>
public sealed record SystemBuild(SystemDerivation Derivation, BuildFailure? Failure);
