using Bento.Protocol;

namespace Bento.Trust;

/// <summary>
/// Decides whether enough trusted keys signed a release. Pure. It looks at bytes only: nothing in a payload is believed before this says
/// yes.
/// </summary>
internal sealed class TrustPolicy
{
    /// <summary>What a signature must have been made for: a trusted key also signs other things, such as commits.</summary>
    public const string Namespace = ReleaseSignature.Namespace;

    private readonly HashSet<SshPublicKey> _trusted;
    private readonly int _threshold;
    private readonly bool _allowUnsigned;

    public TrustPolicy(TrustOptions options)
    {
        _trusted = [.. options.TrustedKeys.Select(line => SshPublicKey.Parse(line))];
        _threshold = options.Threshold;
        _allowUnsigned = options.AllowUnsigned;
    }

    /// <summary>Trusts a release that some of these keys signed.</summary>
    public TrustPolicy(IEnumerable<SshPublicKey> trusted, int threshold)
    {
        _trusted = [.. trusted];
        _threshold = threshold;
    }

    /// <returns>Why the release is not trusted, in sentences; null when it is.</returns>
    public Objection? FindObjection(ReleaseEnvelope envelope)
    {
        if (_allowUnsigned)
        {
            return null;
        }

        if (_trusted.Count == 0)
        {
            return new Objection("This host trusts no key, so it takes no release.") { Kind = FailureKind.Signing };
        }

        // Keys are counted, not signatures: one key that signs twice is one signer.
        var signers = new HashSet<SshPublicKey>();
        var objections = new List<string>();
        foreach (var armor in envelope.Signatures)
        {
            if (Judge(armor, envelope.Payload.Span, out var signer) is { } objection)
            {
                objections.Add(objection);
            }
            else if (!signers.Add(signer!))
            {
                objections.Add($"{signer!.Fingerprint} signed more than once, which counts once.");
            }
        }

        return signers.Count >= _threshold
            ? null
            : new Objection(string.Join(' ', objections.Prepend(Summary(envelope.Signatures.Count, signers))))
            {
                Kind = FailureKind.Signing,
            };
    }

    private string? Judge(string armor, ReadOnlySpan<byte> payload, out SshPublicKey? signer)
    {
        signer = null;
        try
        {
            var signature = SshSignature.Parse(armor);
            signer = signature.Key;
            return signature switch
            {
                // Before any cryptography: a stranger does not choose what is computed here.
                _ when !_trusted.Contains(signature.Key) => $"It is signed by {signer.Fingerprint}, which is not trusted here.",
                _ when signature.Namespace != Namespace =>
                    $"The signature of {signer.Fingerprint} is for '{Short(signature.Namespace)}', not for '{Namespace}'.",
                _ when !SshSignatureVerifier.IsValid(signature, payload) =>
                    $"The signature of {signer.Fingerprint} does not fit the release.",
                _ => null,
            };
        }
        catch (FormatException exception)
        {
            return $"A signature cannot be read: {exception.Message}";
        }
    }

    private string Summary(int signatures, HashSet<SshPublicKey> signers)
    {
        var wanted = _threshold == 1 ? "a trusted key" : $"{_threshold} trusted keys";
        return signatures == 0
            ? $"The release is not signed; {wanted} must sign it."
            : signers.Count == 0
                ? $"The release is not signed by {wanted}."
                : $"The release is signed by {signers.Count} of {wanted} that must sign it "
                    + $"({string.Join(", ", signers.Select(key => key.Fingerprint))}).";
    }

    private static string Short(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
