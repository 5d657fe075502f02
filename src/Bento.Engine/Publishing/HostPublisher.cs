using System.Globalization;
using System.Text;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Makes a release current for one host, in an order that is safe against a kill and a power cut at every step (docs/protocol.md, "Publishing").</summary>
internal sealed class HostPublisher(IOptions<BentoOptions> options, IStatusStore store, TimeProvider clock)
{
    private const int MaxStampBytes = 4096;

    private readonly FleetName _fleet = FleetName.Parse(options.Value.Fleet);
    private readonly TimeSpan _lifetime = options.Value.ReleaseLifetime;

    /// <param name="area">The area of the host.</param>
    /// <param name="wanted">What the release says.</param>
    /// <param name="tree">What is shipped.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    public async Task<Release> PublishAsync(IArea area, WantedRelease wanted, ShippedTree tree, CancellationToken cancellationToken)
    {
        await area.EnsureAsync(cancellationToken).ConfigureAwait(false);
        var current = await CurrentRelease.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(wanted.Host.Name, cancellationToken).ConfigureAwait(false);
        var last = record.Releases.Select(published => published.Release).Append(current).OfType<Release>().MaxBy(release => release.Number);
        var release = wanted.ToRelease(_fleet, Next(last), tree.Content, NotBefore(last), _lifetime);

        await WriteArchiveAsync(area, tree, cancellationToken).ConfigureAwait(false);
        await area.ReplaceDirectoryAsync(AreaPaths.Config, tree.Directory, cancellationToken).ConfigureAwait(false);
        var envelope = EnvelopeJson.Write(new ReleaseEnvelope(ReleaseJson.Write(release), []));
        await WriteAsync(area, AreaPaths.Release, envelope, cancellationToken).ConfigureAwait(false);

        // The release is current: what follows is done to its end, also when somebody asks to stop.
        await CompleteAsync(area, release).ConfigureAwait(false);
        await ContentRetention.CollectAsync(area, release, record, clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        return release;
    }

    /// <summary>Does what is left to do for a release whose publisher was killed when it had become current. Asks the server once when nothing is.</summary>
    public async Task FinishAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        var stamp = await area.ReadAsync(AreaPaths.LastChange, MaxStampBytes, cancellationToken).ConfigureAwait(false);
        if (stamp is null || !Encoding.UTF8.GetString(stamp).Contains(release.Id.ToString(), StringComparison.Ordinal))
        {
            await CompleteAsync(area, release).ConfigureAwait(false);
        }
    }

    /// <summary>The stamp is last, and names the release: while it names another one, something of this is missing.</summary>
    private async Task CompleteAsync(IArea area, Release release)
    {
        await RecordAsync(release).ConfigureAwait(false);
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{release.Issued:O} {release.Id}\n");
        await WriteAsync(area, AreaPaths.LastChange, Encoding.UTF8.GetBytes(stamp), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RecordAsync(Release release) => _ = await store.UpdateAsync(
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
