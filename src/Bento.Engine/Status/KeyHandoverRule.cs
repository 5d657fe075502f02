using Bento.Protocol;

namespace Bento.Status;

/// <summary>Whether a host has said that it trusts enough of some keys. Pure.</summary>
/// <remarks>
/// What a host runs proves nothing here: while two keys sign, a host takes every release for the sake of the old one, whether its
/// configuration names the new one or not. Only the host knows what it trusts, so what it does not say, because its agent is older, counts
/// as not known.
/// </remarks>
internal static class KeyHandoverRule
{
    /// <param name="trust">What the newest heartbeat says; null when it says nothing of it.</param>
    /// <param name="remaining">The fingerprints of the keys that will sign.</param>
    /// <param name="threshold">How many of them the host must trust, also when it asks for less.</param>
    public static bool IsReady(HostTrust? trust, IReadOnlyCollection<KeyFingerprint> remaining, int threshold) => trust is not null
        && (trust.Threshold == 0 || remaining.Intersect(trust.Keys).Count() >= int.Max(trust.Threshold, threshold));
}
