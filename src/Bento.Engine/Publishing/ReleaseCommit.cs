using System.Text;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Publishing.Closures;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>
/// Writes a release into an area and into the record, in an order that is safe against a kill and a power cut at every step
/// (docs/protocol.md, "Publishing").
/// </summary>
internal sealed class ReleaseCommit(
    IOptions<BentoOptions> options,
    ReleaseSealer seal,
    [Guarded] IStatusStore store,
    ClosurePlacement placement,
    ClosureRetention closures,
    TimeProvider clock)
{
    private const int MaxStampBytes = 256;

    private readonly BootstrapOptions? _bootstrap = options.Value.Bootstrap;

    /// <summary>Makes the area ready to take a release; what does not depend on each other is asked at once.</summary>
    /// <exception cref="TransportException">The area cannot be used.</exception>
    public async Task PrepareAreaAsync(IArea area, CancellationToken cancellationToken)
    {
        var ensuring = area.EnsureAsync(cancellationToken);
        var looking = BootstrapDirectory.LookAsync(area, cancellationToken);
        await Task.WhenAll(ensuring, looking).ConfigureAwait(false);
        await BootstrapDirectory.PrepareAsync(
            area, await looking.ConfigureAwait(false), _bootstrap is not null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends everything, then gives each file its name in the one safe order: what a release names is there before it, and what says that
    /// it was published comes after it.
    /// </summary>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    public async Task CommitAsync(IArea area, SealedRelease release, HostRecord record, CancellationToken cancellationToken)
    {
        var (said, tree) = (release.Release, release.Tree);
        var content = new List<(string, Func<Stream>)>
        {
            (AreaPath.Archive(tree.Content.Archive), () => new FileStream(tree.Archive, FileMode.Open, FileAccess.Read)),
        };
        if (said.Secrets is { Archive: var encrypted })
        {
            content.Add((AreaPath.Secrets(encrypted), () => new MemoryStream(release.Secrets)));
        }

        if (release.Closure is { } closure)
        {
            await placement.PlaceAsync(area, closure.Manifest, cancellationToken).ConfigureAwait(false);
            content.Add((AreaPath.Manifest(closure.Closure.Manifest), () => new MemoryStream(closure.Bytes)));
        }

        var files = await area.StageAsync(
            [.. content, (AreaPath.Release, () => new MemoryStream(release.Bytes)), .. Marks(said)], cancellationToken)
                .ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            await files.CommitAsync(content.Count + 1, cancellationToken).ConfigureAwait(false);

            // The release is current: what follows is done to its end, also when somebody asks to stop.
            await RecordAsync(said, Signers(release.Bytes)).ConfigureAwait(false);
            await Task.WhenAll(
                files.CommitRestAsync(CancellationToken.None),
                ContentRetention.CollectAsync(area, said, record, clock.GetUtcNow(), CancellationToken.None),
                closures.CollectAsync(area, said, record, clock.GetUtcNow(), CancellationToken.None),
                ReportRetention.CollectAsync(area, clock.GetUtcNow(), CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the current release by the same one with later times, there and in the record.</summary>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    public async Task ReplaceAsync(IArea area, Release release, byte[] sealedRelease, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(sealedRelease);
        await area.WriteAsync(AreaPath.Release, content, cancellationToken).ConfigureAwait(false);
        _ = await store.UpdateAsync(release.Host, before => Replace(before, release), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Makes a release current that says other things of the content that is in the area already.</summary>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    public async Task SupersedeAsync(IArea area, Release release, byte[] sealedRelease, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(sealedRelease);
        await area.WriteAsync(AreaPath.Release, content, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(area, release, Signers(sealedRelease)).ConfigureAwait(false);
    }

    /// <summary>Does what follows the commit point.</summary>
    public async Task CompleteAsync(IArea area, Release release, IReadOnlyList<KeyFingerprint> signedBy)
    {
        await RecordAsync(release, signedBy).ConfigureAwait(false);
        var files = await area.StageAsync(Marks(release), CancellationToken.None).ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            await files.CommitRestAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Does what is left to do for a release whose publisher was killed when it had become current, or for which hosts now find the server
    /// elsewhere. Asks the server once when nothing is.
    /// </summary>
    /// <returns>False when the release only looks like one of this publisher: nothing unverified is recorded.</returns>
    public async Task<bool> FinishAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        var stamp = await area.ReadAsync(AreaPath.LastChange, MaxStampBytes, cancellationToken).ConfigureAwait(false);
        if (stamp is not null && ChangeStamp.Names(Encoding.UTF8.GetString(stamp), release, Script(release)))
        {
            return true;
        }

        if (await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false) is not { } verified || verified.Id != release.Id)
        {
            return false;
        }

        // Also removes what the kill left: temporary files of the step that it interrupted.
        await PrepareAreaAsync(area, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(area, verified, []).ConfigureAwait(false);
        return true;
    }

    /// <summary>The fingerprints of the keys that signed.</summary>
    public static IReadOnlyList<KeyFingerprint> Signers(byte[] sealedRelease) =>
        [.. SignedBy.Valid(ReleaseFileJson.Read(sealedRelease)).Select(key => key.Fingerprint)];

    private Task RecordAsync(Release release, IReadOnlyList<KeyFingerprint> signedBy) =>
        store.UpdateAsync(release.Host, record => Add(record, release, signedBy), CancellationToken.None);

    private HostRecord Add(HostRecord record, Release release, IReadOnlyList<KeyFingerprint> signedBy)
    {
        if (record.Releases.Any(published => published.Release.Id == release.Id))
        {
            return record;
        }

        var added = new PublishedRelease { Release = release, At = clock.GetUtcNow(), By = LockOwner.Name, SignedBy = signedBy };
        return record with { Releases = [added, .. record.Releases.Take(HostRecord.MaxReleases - 1)] };
    }

    private static HostRecord Replace(HostRecord record, Release release) => record with
    {
        Releases =
        [
            .. record.Releases.Select(published => published.Release.Id == release.Id ? published with { Release = release } : published),
        ],
    };

    /// <summary>
    /// What is written after a release. The stamp is last, and names the release: while it names another one, something of this is missing.
    /// </summary>
    private IEnumerable<(string Path, Func<Stream> Open)> Marks(Release release)
    {
        var script = Script(release);
        if (script is not null)
        {
            yield return (AreaPath.Bootstrap, () => new MemoryStream(Encoding.UTF8.GetBytes(script)));
        }

        yield return (AreaPath.LastChange, () => new MemoryStream(Encoding.UTF8.GetBytes(ChangeStamp.Of(release, script))));
    }

    /// <summary>The way in for hosts without an agent; null where nobody said how hosts find the server.</summary>
    private string? Script(Release release) => _bootstrap is null ? null : BootstrapScript.For(release, _bootstrap);
}
