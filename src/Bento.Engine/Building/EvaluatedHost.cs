using Bento.Hosts;

namespace Bento.Building;

/// <summary>A host and what evaluation said about its system: exactly one of derivation and failure is set.</summary>
internal sealed record EvaluatedHost(HostSpec Spec, SystemDerivation? Derivation, BuildFailure? Failure);
