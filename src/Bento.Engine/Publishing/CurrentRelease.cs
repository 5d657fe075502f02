using System.Text.Json;
using Bento.Protocol;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Reads the release that an area holds, as its publisher sees it.</summary>
internal static class CurrentRelease
{
    /// <param name="area">The area.</param>
    /// <param name="terms">What the release must bear.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The release; null when there is none, or one that a key is missing on, or whose content is missing: then it is published
    /// anew, signed and whole.</returns>
    public static async Task<Release?> ReadAsync(IArea area, ReleaseTerms terms, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                && EnvelopeJson.Read(bytes) is var envelope
                && terms.IsSigned(envelope)
                && ReleaseJson.Read(envelope.Payload.Span) is var release
                && await HasContentAsync(area, release, cancellationToken).ConfigureAwait(false)
                ? release
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

    /// <summary>Reads what is there, whoever put it there: to look at, never to build on.</summary>
    public static async Task<(Release? Release, bool IsSigned)> PeekAsync(IArea area, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                && EnvelopeJson.Read(bytes) is var envelope
                ? (ReleaseJson.Read(envelope.Payload.Span), envelope.Signatures.Count > 0)
                : (null, false);
        }
        catch (JsonException)
        {
            return (null, false);
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            return (null, false);
        }
    }

    private static async Task<bool> HasContentAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        var missing = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [Path.GetFileName(AreaPath.Archive(release.Content.Archive))] = release.Content.ArchiveBytes,
        };
        if (release.Secrets is { } secrets)
        {
            missing[Path.GetFileName(AreaPath.Secrets(secrets.Archive))] = secrets.ArchiveBytes;
        }

        await foreach (var entry in area.ListAsync(AreaPath.Content, cancellationToken).ConfigureAwait(false))
        {
            if (missing.TryGetValue(entry.Name, out var bytes)
                && entry.IsPlainFile
                && entry.SizeBytes == bytes
                && missing.Remove(entry.Name)
                && missing.Count == 0)
            {
                return true;
            }
        }

        return false;
    }
}
