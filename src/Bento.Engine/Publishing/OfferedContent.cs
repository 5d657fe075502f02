using Bento.Protocol;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>What an area offers its host, read once and carried: the release, and how long each archive is.</summary>
internal sealed record OfferedContent(OfferedRelease Release, IReadOnlyDictionary<string, long> Archives)
{
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public static async Task<OfferedContent> ReadAsync(IArea area, CancellationToken cancellationToken)
    {
        // Asked at once: over SFTP each of them takes its round trips.
        var reading = OfferedRelease.ReadAsync(area, cancellationToken);
        var listing = ArchivesAsync(area, cancellationToken);
        await Task.WhenAll(reading, listing).ConfigureAwait(false);
        return new OfferedContent(await reading.ConfigureAwait(false), await listing.ConfigureAwait(false));
    }

    /// <returns>The release; null when there is none, or one that a key is missing on, or whose content is missing: then it is published
    /// anew, signed and whole.</returns>
    public Release? Current(ReleaseTerms terms) =>
        Release is { Envelope: { } envelope, Release: { } release } && terms.IsSigned(envelope) && Has(release) ? release : null;

    private bool Has(Release release) =>
        Has(AreaPath.Archive(release.Content.Archive), release.Content.ArchiveBytes)
            && (release.Secrets is not { } secrets || Has(AreaPath.Secrets(secrets.Archive), secrets.ArchiveBytes))
            && (release.Closure is not { } closure || Has(AreaPath.Manifest(closure.Manifest), closure.ManifestBytes));

    private bool Has(string path, long bytes) => Archives.TryGetValue(path, out var found) && found == bytes;

    private static async Task<IReadOnlyDictionary<string, long>> ArchivesAsync(IArea area, CancellationToken cancellationToken)
    {
        var archives = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            await foreach (var entry in area.ListAsync(AreaPath.Content, cancellationToken).ConfigureAwait(false))
            {
                if (entry.IsPlainFile && AreaPath.HashOf(entry.Name) is not null)
                {
                    archives[$"{AreaPath.Content}/{entry.Name}"] = entry.SizeBytes;
                }
            }
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            // Something else lies in its place: no archive is there.
        }

        return archives;
    }
}
