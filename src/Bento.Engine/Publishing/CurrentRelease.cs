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
            // Asked at once: over SFTP each of them takes its round trips.
            var reading = area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, cancellationToken);
            var listing = ArchivesAsync(area, cancellationToken);
            await Task.WhenAll(reading, listing).ConfigureAwait(false);
            return await reading.ConfigureAwait(false) is { } bytes
                && EnvelopeJson.Read(bytes) is var envelope
                && terms.IsSigned(envelope)
                && ReleaseJson.Read(envelope.Payload.Span) is var release
                && HasContent(await listing.ConfigureAwait(false), release)
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

    private static bool HasContent(IReadOnlyDictionary<string, long> archives, Release release) =>
        archives.TryGetValue(AreaPath.Archive(release.Content.Archive), out var bytes) && bytes == release.Content.ArchiveBytes
        && (release.Secrets is not { } secrets
            || (archives.TryGetValue(AreaPath.Secrets(secrets.Archive), out var secret) && secret == secrets.ArchiveBytes));

    /// <summary>The archives of an area, and how long they are.</summary>
    private static async Task<IReadOnlyDictionary<string, long>> ArchivesAsync(IArea area, CancellationToken cancellationToken)
    {
        var archives = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var entry in area.ListAsync(AreaPath.Content, cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPlainFile && AreaPath.HashOf(entry.Name) is not null)
            {
                archives[$"{AreaPath.Content}/{entry.Name}"] = entry.SizeBytes;
            }
        }

        return archives;
    }
}
