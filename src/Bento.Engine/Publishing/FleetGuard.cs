using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>Stops a deploy that would take a host out of its fleet by mistake: a lost bento.json, a program that was pointed at the wrong directory. Pure.</summary>
internal static class FleetGuard
{
    /// <param name="current">What the area holds; null for nothing.</param>
    /// <param name="isSigned">Whether that has signatures.</param>
    /// <param name="fleet">The fleet that would be published for.</param>
    /// <param name="hasKeys">Whether what would be published is signed.</param>
    /// <returns>Why the host must not be published to; null when it may.</returns>
    public static string? WhyNot(Release? current, bool isSigned, FleetName fleet, bool hasKeys) => current switch
    {
        null => null,
        _ when current.Fleet != fleet => $"Its area holds a release of the fleet '{current.Fleet}', and this is the fleet '{fleet}': its agent would refuse it.",
        _ when isSigned && !hasKeys => "Its release is signed, and this deploy has no signing key: its agent would refuse what is not signed.",
        _ => null,
    };
}
