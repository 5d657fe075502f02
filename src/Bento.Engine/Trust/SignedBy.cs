using Bento.Protocol;

namespace Bento.Trust;

/// <summary>Answers a publisher whose signatures a release in an area bears.</summary>
internal static class SignedBy
{
    /// <summary>
    /// How many of these keys have a signature in an envelope. Looked up, not verified: this is asked for every host of a fleet in which
    /// nothing changed.
    /// </summary>
    public static int Count(IReadOnlyList<SshPublicKey> keys, ReleaseEnvelope envelope)
    {
        var signers = envelope.Signatures.Select(Signer).ToHashSet();
        return keys.Distinct().Count(signers.Contains);
    }

    /// <summary>The keys whose signatures fit the payload, each once, whoever they are.</summary>
    public static IReadOnlyList<SshPublicKey> Valid(ReleaseEnvelope envelope) =>
        [.. envelope.Signatures.Select(Signer)
            .OfType<SshPublicKey>()
            .Distinct()
            .Where(key => new TrustPolicy([key], 1).FindObjection(envelope) is null)];

    /// <summary>Who says that it made a signature for a release; null when it is none.</summary>
    public static SshPublicKey? Signer(string armor)
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
