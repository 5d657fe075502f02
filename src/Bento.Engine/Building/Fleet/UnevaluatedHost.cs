using Bento.Hosts;

namespace Bento.Building.Fleet;

/// <summary>A host whose configuration does not evaluate.</summary>
/// <param name="Spec">The host.</param>
/// <param name="Failure">Why.</param>
internal sealed record UnevaluatedHost(HostSpec Spec, BuildFailure Failure)
{
    /// <summary>What describes it, for messages.</summary>
    public string Place => ConfigurationDirectory.PlaceOf(Spec.Directory);
}
