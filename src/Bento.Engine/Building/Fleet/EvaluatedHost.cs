using Bento.Hosts;

namespace Bento.Building.Fleet;

/// <summary>A host whose system is known.</summary>
/// <param name="Spec">The host.</param>
/// <param name="Derivation">Its system.</param>
/// <param name="Source">What was evaluated: evaluated again when the derivation is lost before it is built.</param>
internal sealed record EvaluatedHost(HostSpec Spec, SystemDerivation Derivation, ConfigurationSource Source)
{
    /// <summary>What describes it, for messages.</summary>
    public string Place => ConfigurationDirectory.PlaceOf(Spec.Directory);
}
