using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Trust;

/// <summary>
/// Turns a release into the bytes of <c>release.json</c>, signed, and back again only when a key of this publisher signed it.
/// </summary>
internal sealed class ReleaseSealer([Guarded] IReleaseSigner signer, IOptions<BentoOptions> bento, IOptions<SigningOptions> signing)
{
    /// <summary>
    /// Any one of its keys makes a release one of this publisher, so that keys can come and go; more where more are asked for.
    /// </summary>
    private readonly int _believed = signing.Value.Threshold ?? 1;

    /// <summary>What every release bears that is published today.</summary>
    /// <exception cref="SigningException">A signing key is missing.</exception>
    public async Task<ReleaseTerms> ReadTermsAsync(CancellationToken cancellationToken)
    {
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        return new ReleaseTerms(
            FleetName.Parse(bento.Value.Fleet), bento.Value.Epoch, keys, signing.Value.Threshold ?? keys.Distinct().Count());
    }

    /// <summary>Finds out early what would stop <see cref="SealAsync"/>.</summary>
    /// <exception cref="SigningException">A release could not be signed.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => signer.CheckAsync(cancellationToken);

    /// <returns>The bytes of <c>release.json</c>: an agent that trusts the keys of this publisher reads them.</returns>
    /// <exception cref="SigningException">The release could not be signed.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it.</exception>
    public async Task<byte[]> SealAsync(Release release, CancellationToken cancellationToken)
    {
        // Before anybody is asked for a passphrase or a touch.
        ReleaseFile.CheckPayload(release);
        var payload = PayloadJson.Write(release);
        var envelope = new ReleaseEnvelope(payload, await signer.SignAsync(payload, cancellationToken).ConfigureAwait(false));
        var bytes = ReleaseFileJson.Write(envelope);
        ReleaseFile.Check(release, bytes);
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        return keys.Count == 0 || new TrustPolicy(keys, keys.Distinct().Count()).FindObjection(envelope) is not { } objection
            ? bytes
            : throw new SigningException($"What was signed for '{release.Host}' would be refused by every agent: {objection}")
            {
                Host = release.Host,
                NextStep = "Check that the keys that sign are those that are named: their public halves must belong to them.",
            };
    }

    /// <summary>Why a release must not be published: too few of the keys signed it. Null when enough did.</summary>
    public static Objection? FindObjection(ReleaseTerms terms, ReleaseEnvelope envelope) =>
        new TrustPolicy(terms.Keys, terms.Threshold).FindObjection(envelope);

    /// <summary>Believes what an area offers, which may lie on a server that somebody else rules.</summary>
    /// <returns>The release; null when there is none, or one that no key of this publisher signed. A publisher without keys believes what
    /// is there.</returns>
    /// <exception cref="SigningException">A signing key is missing.</exception>
    public async Task<Release?> BelieveAsync(OfferedRelease offered, CancellationToken cancellationToken)
    {
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        return offered.Envelope is { } envelope && IsOurs(keys, envelope) ? offered.Release : null;
    }

    /// <summary>Reads the release of an area, and believes it or not.</summary>
    /// <exception cref="SigningException">A signing key is missing.</exception>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<Release?> ReadAsync(IArea area, CancellationToken cancellationToken) =>
        await BelieveAsync(await OfferedRelease.ReadAsync(area, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Who signed the release of an area, where that is not this publisher.</summary>
    /// <returns>The fingerprints, or that nobody did; null when this publisher signed it, or there is no release.</returns>
    /// <exception cref="SigningException">A signing key is missing.</exception>
    public async Task<string?> FindStrangersAsync(OfferedRelease offered, CancellationToken cancellationToken)
    {
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        if (offered.Envelope is not { } envelope || IsOurs(keys, envelope))
        {
            return null;
        }

        var signers = SignedBy.Valid(envelope);
        return signers.Count == 0 ? "nobody" : string.Join(", ", signers.Select(key => key.Fingerprint));
    }

    private bool IsOurs(IReadOnlyList<SshPublicKey> keys, ReleaseEnvelope envelope) =>
        keys.Count == 0 || new TrustPolicy(keys, _believed).FindObjection(envelope) is null;
}
