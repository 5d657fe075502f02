using System.Text.Json;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>Reads the release that an area holds, as its publisher sees it.</summary>
internal static class CurrentRelease
{
    /// <returns>The release; null when there is none, or when what is there is none: publishing repairs that.</returns>
    public static async Task<Release?> ReadAsync(IArea area, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPaths.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                ? ReleaseJson.Read(EnvelopeJson.Read(bytes).Payload.Span)
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
