using Bento.Publishing;

namespace Bento.Trust;

/// <summary>Answers a publisher whose signatures a release in an area bears.</summary>
internal static class SignedBy
{
    /// <summary>How many of these keys have a signature in an envelope. Looked up, not verified: this is asked for every host of a fleet in which nothing changed.</summary>
    public static int Count(IReadOnlyList<PublicKey> keys, ReleaseEnvelope envelope)
    {
        var signers = envelope.Signatures.Select(Signer).ToHashSet();
        return keys.Distinct().Count(signers.Contains);
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
