using Bento.Publishing;

namespace Bento.Trust;

/// <summary>Answers a publisher whether a release in an area bears the signatures that it would give it today.</summary>
internal static class SignedBy
{
    /// <summary>Whether every key has a signature in an envelope. Looked up, not verified: this is asked for every host of a fleet in which nothing changed.</summary>
    public static bool All(IReadOnlyList<PublicKey> keys, ReleaseEnvelope envelope)
    {
        if (keys.Count == 0)
        {
            return true;
        }

        var signers = envelope.Signatures.Select(Signer).ToHashSet();
        return keys.All(signers.Contains);
    }

    private static PublicKey? Signer(string armor)
    {
        try
        {
            return SshSignature.Parse(armor) is { Namespace: TrustPolicy.Namespace } signature ? signature.Key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
