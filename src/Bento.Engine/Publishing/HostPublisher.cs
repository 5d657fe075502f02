using System.Text;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>
/// Makes a release current for one host, in an order that is safe against a kill and a power cut at every step (docs/protocol.md,
/// "Publishing").
/// </summary>
internal sealed class HostPublisher(
    IOptions<BentoOptions> options, ReleaseSeal seal, IStatusStore store, SecretVault vault, TimeProvider clock)
{
    private const int MaxStampBytes = 256;

    /// <summary>As agents have it by default; what was published once is not larger.</summary>
    private const long MaxTreeBytes = 1L << 30;

    private readonly FleetName _fleet = FleetName.Parse(options.Value.Fleet);
    private readonly long _epoch = options.Value.Epoch;
    private readonly TimeSpan _lifetime = options.Value.ReleaseLifetime;
    private readonly BootstrapOptions? _bootstrap = options.Value.Bootstrap;

    /// <param name="area">The area of the host.</param>
    /// <param name="wanted">What the release says.</param>
    /// <param name="tree">What is shipped.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    public async Task<Release> PublishAsync(IArea area, WantedRelease wanted, ShippedTree tree, CancellationToken cancellationToken)
    {
        var preparing = PrepareAreaAsync(area, cancellationToken);
        var composing = ComposeAsync(area, wanted, tree.Content, cancellationToken);
        await Task.WhenAll(preparing, composing).ConfigureAwait(false);
        var (release, record) = await composing.ConfigureAwait(false);
        var sealedRelease = await seal.SealAsync(release, cancellationToken).ConfigureAwait(false);
        await CommitAsync(area, release, sealedRelease, tree, Secrets(release), record, cancellationToken).ConfigureAwait(false);
        return release;
    }

    /// <summary>Publishes again, under a new number, what a host had before.</summary>
    /// <param name="area">The area of the host; it still holds that content.</param>
    /// <param name="host">The host.</param>
    /// <param name="work">Where the content goes on its way.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>The release; null when there is nothing that it could go back to.</returns>
    /// <exception cref="ContentException">The area no longer has that content.</exception>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    public async Task<Release?> RollBackAsync(IArea area, HostName host, WorkDirectory work, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        if (EarlierRelease.Of([.. record.Releases.Select(published => published.Release)]) is not { } earlier)
        {
            return null;
        }

        var (archive, tree) = (work.NewPath(), work.NewPath());
        await ContentDownload.FetchAsync(
            area, earlier.Content, archive, tree, new ContentUnpacker(MaxTreeBytes), cancellationToken).ConfigureAwait(false);
        using var secrets = new MemoryStream();
        if (earlier.Secrets is { } encrypted)
        {
            await ContentDownload.CopyAsync(
                area,
                AreaPath.Secrets(encrypted.Archive),
                encrypted.Archive,
                encrypted.ArchiveBytes,
                secrets,
                cancellationToken).ConfigureAwait(false);
        }

        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var issued = NotBefore(Last(record, current));
        var release = ReleaseIdentity.WithId(
            earlier with { Fleet = _fleet, Number = Next(host, record, current), Issued = issued, Expires = issued + _lifetime });
        var sealedRelease = await seal.SealAsync(release, cancellationToken).ConfigureAwait(false);
        await PrepareAreaAsync(area, cancellationToken).ConfigureAwait(false);
        await CommitAsync(
            area,
            release,
            sealedRelease,
            new ShippedTree(tree, archive, earlier.Content),
            secrets.ToArray(),
            record,
            cancellationToken).ConfigureAwait(false);
        return release;
    }

    /// <summary>What would be published, for somebody else to sign. Touches nothing.</summary>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<Release> PrepareAsync(
        IArea area, WantedRelease wanted, ReleaseContent content, CancellationToken cancellationToken) =>
        (await ComposeAsync(area, wanted, content, cancellationToken).ConfigureAwait(false)).Release;

    /// <summary>Publishes what was prepared here and signed elsewhere: a new release, or a refresh of the current one.</summary>
    /// <param name="area">The area of the host.</param>
    /// <param name="release">The release.</param>
    /// <param name="sealedRelease">The bytes of it, with enough signatures.</param>
    /// <param name="tree">Its content; null when it is not there.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>Why it was not published: the world has moved since it was prepared. Null when it is current now.</returns>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    public async Task<string?> PublishSignedAsync(
        IArea area, Release release, byte[] sealedRelease, ShippedTree? tree, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (release.Expires <= now)
        {
            return $"It expired at {release.Expires:u}, before it was published.";
        }

        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(release.Host, cancellationToken).ConfigureAwait(false);
        var last = Last(record, current);
        if (last is not null && release.Issued < last.Issued && (last.Issued <= now || IsKept(last.Issued, now)))
        {
            return $"Release {last.Number} was published or refreshed after this one was prepared.";
        }

        if (last?.Id == release.Id && current?.Id == release.Id)
        {
            await WriteAsync(area, AreaPath.Release, sealedRelease, cancellationToken).ConfigureAwait(false);
            await CompleteAsync(area, release, Signers(sealedRelease)).ConfigureAwait(false);
            _ = await store.UpdateAsync(release.Host, before => Replace(before, release), CancellationToken.None).ConfigureAwait(false);
            return null;
        }

        if (Next(release.Host, record, current) is var next && next != release.Number)
        {
            return $"It has the number {release.Number}, and the next one is {next}: something else was published after it was prepared.";
        }

        if (tree is null)
        {
            return "Its content is not here any more.";
        }

        await PrepareAreaAsync(area, cancellationToken).ConfigureAwait(false);
        await CommitAsync(area, release, sealedRelease, tree, Secrets(release), record, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<(Release Release, HostRecord Record)> ComposeAsync(
        IArea area, WantedRelease wanted, ReleaseContent content, CancellationToken cancellationToken)
    {
        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(wanted.Host.Name, cancellationToken).ConfigureAwait(false);
        return (wanted.ToRelease(
            _fleet, Next(wanted.Host.Name, record, current), content, NotBefore(Last(record, current)), _lifetime), record);
    }

    private byte[] Secrets(Release release) => release.Secrets is { } secrets ? vault.Read(release.Host, secrets) : [];

    /// <summary>Makes the area ready to take a release; what does not depend on each other is asked at once.</summary>
    private async Task PrepareAreaAsync(IArea area, CancellationToken cancellationToken)
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
    private async Task CommitAsync(
        IArea area,
        Release release,
        byte[] sealedRelease,
        ShippedTree tree,
        byte[] secrets,
        HostRecord record,
        CancellationToken cancellationToken)
    {
        var content = new List<(string, Func<Stream>)>
        {
            (AreaPath.Archive(tree.Content.Archive), () => new FileStream(tree.Archive, FileMode.Open, FileAccess.Read)),
        };
        if (release.Secrets is { Archive: var encrypted })
        {
            content.Add((AreaPath.Secrets(encrypted), () => new MemoryStream(secrets)));
        }

        var files = await area.StageAsync(
            [.. content, (AreaPath.Release, () => new MemoryStream(sealedRelease)), .. Marks(release)],
            cancellationToken).ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            await files.CommitAsync(content.Count + 1, cancellationToken).ConfigureAwait(false);

            // The release is current: what follows is done to its end, also when somebody asks to stop.
            await RecordAsync(release, Signers(sealedRelease)).ConfigureAwait(false);
            await Task.WhenAll(
                files.CommitRestAsync(CancellationToken.None),
                ContentRetention.CollectAsync(area, release, record, clock.GetUtcNow(), CancellationToken.None),
                ReportRetention.CollectAsync(area, clock.GetUtcNow(), CancellationToken.None)).ConfigureAwait(false);
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

    /// <summary>Whether less than half of the life of a release is left.</summary>
    public bool IsAging(Release release) => release.Expires - clock.GetUtcNow() < _lifetime / 2;

    /// <summary>Does what follows the commit point.</summary>
    private async Task CompleteAsync(IArea area, Release release, IReadOnlyList<string> signedBy)
    {
        await RecordAsync(release, signedBy).ConfigureAwait(false);
        var files = await area.StageAsync(Marks(release), CancellationToken.None).ConfigureAwait(false);
        await using (files.ConfigureAwait(false))
        {
            await files.CommitRestAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Task RecordAsync(Release release, IReadOnlyList<string> signedBy) =>
        store.UpdateAsync(release.Host, record => Add(record, release, signedBy), CancellationToken.None);

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

    /// <summary>Moves the times of the current release: it keeps its number and its id, and costs the host no attempt.</summary>
    /// <returns>The release; null when the area does not hold what this publisher published last: what somebody else put there is never
    /// signed.</returns>
    /// <exception cref="TransportException">The area cannot be used.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    public async Task<Release?> RefreshAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        if (await PrepareRefreshAsync(area, host, cancellationToken).ConfigureAwait(false) is not { } refreshed)
        {
            return null;
        }

        var sealedRelease = await seal.SealAsync(refreshed, cancellationToken).ConfigureAwait(false);
        await WriteAsync(area, AreaPath.Release, sealedRelease, cancellationToken).ConfigureAwait(false);
        _ = await store.UpdateAsync(host, before => Replace(before, refreshed), CancellationToken.None).ConfigureAwait(false);
        return refreshed;
    }

    /// <summary>The current release with later times, for somebody to sign. Touches nothing.</summary>
    /// <returns>The release; null when the area does not hold what this publisher published last.</returns>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<Release?> PrepareRefreshAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        if (record.Releases is not [{ Release: var last }, ..] || current?.Id != last.Id)
        {
            return null;
        }

        var issued = NotBefore(last);
        return last with { Issued = issued, Expires = issued + _lifetime };
    }

    /// <summary>Why the release of an area is not refreshed, and what to do.</summary>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<(string Reason, string NextStep)> WhyNotRefreshedAsync(IArea area, CancellationToken cancellationToken) =>
        await seal.FindStrangersAsync(area, cancellationToken).ConfigureAwait(false) is { } strangers
            ? ($"The release in its area is signed by {strangers}, and by too few of signing.keys; what others signed is not signed again.",
                "When the host trusts one of signing.keys, run 'bento deploy'. When you took that key out before the host knew another "
                    + "one, put it back into signing.keys, run 'bento deploy', and take it out when the host is up to date: else it "
                    + "refuses everything that is published.")
            : ("Its area does not hold the release that was published last from here, and nothing else is signed.", "Run 'bento deploy'.");

    private static Release? Last(HostRecord record, Release? current) =>
        record.Releases.Select(published => published.Release).Append(current).OfType<Release>().MaxBy(release => release.Number);

    private HostRecord Add(HostRecord record, Release release, IReadOnlyList<string> signedBy) =>
        record.Releases.Any(published => published.Release.Id == release.Id)
            ? record
            : record with
            {
                Releases =
            [
                new PublishedRelease(release, clock.GetUtcNow(), LockOwner.Name) { SignedBy = signedBy },
                .. record.Releases.Take(HostRecord.MaxReleases - 1),
            ]
            };

    private static IReadOnlyList<string> Signers(byte[] sealedRelease) =>
        [.. SignedBy.Valid(EnvelopeJson.Read(sealedRelease)).Select(key => key.Fingerprint)];

    private static HostRecord Replace(HostRecord record, Release release) => record with
    {
        Releases = [.. record.Releases.Select(
            published => published.Release.Id == release.Id ? published with { Release = release } : published)],
    };

    private ReleaseNumber Next(HostName host, HostRecord record, Release? current)
    {
        ReleaseNumber? recorded = record.Releases.Count > 0 ? record.Releases.Max(published => published.Release.Number) : null;
        return ReleaseSequence.Next(_epoch, recorded, current?.Number) ?? throw new SigningException(
            $"The releases of '{host}' have no next number in epoch {_epoch}: recorded is {recorded?.ToString() ?? "none"}, and its area "
                + $"holds {current?.Number.ToString() ?? "none"}.")
        {
            Host = host,
            NextStep =
                "If you did not publish that, somebody else has your signing key: replace it first. Then begin a new epoch: a higher "
                    + "'epoch' in bento.json, and the same in trust.epoch of every host, by hand (docs/trust.md).",
        };
    }

    /// <summary>A clock that went back does not take the time of a release with it.</summary>
    private DateTimeOffset NotBefore(Release? last)
    {
        var now = clock.GetUtcNow();
        return last is not null && IsKept(last.Issued, now) ? last.Issued : now;
    }

    /// <summary>
    /// Whether a time is that of a clock which was ahead. One that is further ahead than any release lives was put there by somebody who
    /// had a key: kept, it would make every later release live as long.
    /// </summary>
    private static bool IsKept(DateTimeOffset issued, DateTimeOffset now) =>
        issued > now && issued - now <= BentoOptionsRules.LongestLifetime;

    private static async Task WriteAsync(IArea area, string path, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes);
        await area.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
    }
}
