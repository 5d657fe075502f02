using System.Text.Json;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Turns a release into the bytes of <c>release.json</c>, signed, and back again only when a key of this publisher signed it.</summary>
internal sealed class ReleaseSeal(IReleaseSigner signer)
{
    /// <exception cref="SigningException">The release could not be signed.</exception>
    public async Task<byte[]> SealAsync(Release release, CancellationToken cancellationToken)
    {
        var payload = ReleaseJson.Write(release);
        return EnvelopeJson.Write(new ReleaseEnvelope(payload, await signer.SignAsync(payload, cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>Reads the release of an area, which may lie on a server that somebody else rules.</summary>
    /// <returns>The release; null when there is none, or one that no key of this publisher signed. A publisher without keys believes what is there.</returns>
    /// <exception cref="SigningException">A signing key is missing.</exception>
    public async Task<Release?> ReadAsync(IArea area, CancellationToken cancellationToken)
    {
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await area.ReadAsync(AreaPaths.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                && EnvelopeJson.Read(bytes) is var envelope
                && (keys.Count == 0 || TrustPolicy.AnyOf(keys).WhyNot(envelope) is null)
                ? ReleaseJson.Read(envelope.Payload.Span)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            return null;
        }
    }
}
