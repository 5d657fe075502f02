using Bento.Protocol;

namespace Bento.Trust;

/// <summary>What every release of a fleet has in common; one that differs is published anew.</summary>
/// <param name="Fleet">The fleet.</param>
/// <param name="Epoch">The epoch that its publisher is in.</param>
/// <param name="Keys">The keys that sign; none when releases are not signed.</param>
/// <param name="Threshold">How many of them must have signed.</param>
internal sealed record ReleaseTerms(FleetName Fleet, long Epoch, IReadOnlyList<SshPublicKey> Keys, int Threshold)
{
    public bool HasKeys => Keys.Count > 0;

    /// <summary>Whether an envelope bears the signatures that it would be given today.</summary>
    public bool IsSigned(ReleaseEnvelope envelope) => !HasKeys || SignedBy.Count(Keys, envelope) >= Threshold;
}
