using Bento.Protocol;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>
/// Stops a deploy that would take a host out of its fleet by mistake: a lost bento.json, a program that was pointed at the wrong directory.
/// Pure.
/// </summary>
internal static class FleetGuard
{
    private const string NextStep =
        "Look at the settings 'fleet' and 'signing.keys'. If it is meant, remove release.json from the area of the host and deploy again.";

    /// <param name="known">What this publisher recorded last, or what the area holds and can be believed; null for nothing.</param>
    /// <param name="isSigned">Whether that has signatures.</param>
    /// <param name="terms">What would be published.</param>
    /// <returns>Why the host must not be published to; null when it may.</returns>
    public static Objection? FindObjection(Release? known, bool isSigned, ReleaseTerms terms) =>
        Reason(known, isSigned, terms) is { } reason ? new Objection(reason, NextStep) : null;

    private static string? Reason(Release? known, bool isSigned, ReleaseTerms terms) => known switch
    {
        null => null,
        _ when known.Fleet != terms.Fleet =>
            $"Its release is one of the fleet '{known.Fleet}', and this is the fleet '{terms.Fleet}': its agent would refuse it.",
        _ when isSigned && !terms.HasKeys =>
            "Its release is signed, and this deploy has no signing key: its agent would refuse what is not signed.",
        _ => null,
    };
}
