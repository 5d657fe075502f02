using System.Text.Json;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Reads the release that an area holds, as its publisher sees it.</summary>
internal static class CurrentRelease
{
    /// <param name="area">The area.</param>
    /// <param name="keys">What the release must be signed with.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The release; null when there is none, or one that a key is missing on: then it is published anew, signed.</returns>
    public static async Task<Release?> ReadAsync(IArea area, IReadOnlyList<PublicKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPaths.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                && EnvelopeJson.Read(bytes) is var envelope
                && SignedBy.All(keys, envelope)
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
