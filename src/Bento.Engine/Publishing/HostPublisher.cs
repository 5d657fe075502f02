using System.Globalization;
using System.Text;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Makes a release current for one host, in an order that is safe against a kill and a power cut at every step (docs/protocol.md, "Publishing").</summary>
internal sealed class HostPublisher(IOptions<BentoOptions> options, IReleaseSigner signer, IStatusStore store, TimeProvider clock)
{
    private readonly FleetName _fleet = FleetName.Parse(options.Value.Fleet);
    private readonly TimeSpan _lifetime = options.Value.ReleaseLifetime;

    /// <param name="area">The area of the host.</param>
    /// <param name="wanted">What the release says.</param>
    /// <param name="tree">What is shipped.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    public async Task<Release> PublishAsync(IArea area, WantedRelease wanted, ShippedTree tree, CancellationToken cancellationToken)
    {
        await area.EnsureAsync(cancellationToken).ConfigureAwait(false);
        var current = await CurrentRelease.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(wanted.Host.Name, cancellationToken).ConfigureAwait(false);
        var last = record.Releases.Select(published => published.Release).Append(current).OfType<Release>().MaxBy(release => release.Number);
        var release = wanted.ToRelease(_fleet, Next(last), tree.Content, NotBefore(last), _lifetime);
        var payload = ReleaseJson.Write(release);
        var envelope = new ReleaseEnvelope(payload, await signer.SignAsync(payload, cancellationToken).ConfigureAwait(false));

        await WriteArchiveAsync(area, tree, cancellationToken).ConfigureAwait(false);
        await area.ReplaceDirectoryAsync(AreaPaths.Config, tree.Directory, cancellationToken).ConfigureAwait(false);
        await WriteAsync(area, AreaPaths.Release, EnvelopeJson.Write(envelope), cancellationToken).ConfigureAwait(false);

        // The release is current: what follows is done to its end, also when somebody asks to stop.
        await RecordAsync(release).ConfigureAwait(false);
        var stamp = Encoding.UTF8.GetBytes(release.Issued.ToString("O", CultureInfo.InvariantCulture) + "\n");
        await WriteAsync(area, AreaPaths.LastChange, stamp, CancellationToken.None).ConfigureAwait(false);
        await ContentRetention.CollectAsync(area, release, record, clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        return release;
    }

    /// <summary>Takes a release into the record that a killed publisher made current and did not record.</summary>
    public async Task RecordAsync(Release release) => _ = await store.UpdateAsync(
        release.Host,
        record => record.Releases.Any(published => published.Release.Id == release.Id)
            ? record
            : record with { Releases = [new PublishedRelease(release, clock.GetUtcNow(), Publisher.Name), .. record.Releases.Take(HostRecord.MaxReleases - 1)] },
        CancellationToken.None).ConfigureAwait(false);

    private static ReleaseNumber Next(Release? last) =>
        last is null ? new ReleaseNumber(0, 1) : last.Number with { Sequence = last.Number.Sequence + 1 };

    /// <summary>A clock that went back does not take the time of a release with it.</summary>
    private DateTimeOffset NotBefore(Release? last)
    {
        var now = clock.GetUtcNow();
        return last is not null && last.Issued > now ? last.Issued : now;
    }

    private static async Task WriteArchiveAsync(IArea area, ShippedTree tree, CancellationToken cancellationToken)
    {
        var content = new FileStream(tree.Archive, FileMode.Open, FileAccess.Read);
        await using (content.ConfigureAwait(false))
        {
            await area.WriteAsync(AreaPaths.Archive(tree.Content.Archive), content, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(IArea area, string path, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes);
        await area.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
    }
}
