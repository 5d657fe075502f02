using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Publishing.Closures;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Makes a release current for one host.</summary>
internal sealed class HostPublisher(
    IOptions<BentoOptions> options,
    ReleaseSealer seal,
    [Guarded] IStatusStore store,
    SecretVault vault,
    ReleaseNumbering numbering,
    ReleaseCommit commit,
    ManifestShelf closures,
    TimeProvider clock)
{
    private readonly FleetName _fleet = FleetName.Parse(options.Value.Fleet);

    /// <param name="area">The area of the host.</param>
    /// <param name="wanted">What the release says.</param>
    /// <param name="offered">What the area holds.</param>
    /// <param name="tree">What is shipped.</param>
    /// <param name="closure">Its closure; null for a host that builds its system.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it, and nothing was written.</exception>
    public async Task<Release> PublishAsync(
        IArea area,
        WantedRelease wanted,
        OfferedRelease offered,
        ShippedTree tree,
        ShippedClosure? closure,
        CancellationToken cancellationToken)
    {
        var preparing = commit.PrepareAreaAsync(area, cancellationToken);
        var composing = ComposeAsync(wanted, offered, tree.Content, cancellationToken);
        await Task.WhenAll(preparing, composing).ConfigureAwait(false);
        var (release, record) = await composing.ConfigureAwait(false);
        var bytes = await seal.SealAsync(release, cancellationToken).ConfigureAwait(false);
        var sealedRelease = new SealedRelease
        {
            Release = release,
            Bytes = bytes,
            Tree = tree,
            Closure = closure,
            Secrets = Secrets(release),
        };
        await commit.CommitAsync(area, sealedRelease, record, cancellationToken).ConfigureAwait(false);
        return release;
    }

    /// <summary>Publishes again, under a new number, what a host had before.</summary>
    /// <param name="area">The area of the host; it still holds that content.</param>
    /// <param name="host">The host.</param>
    /// <param name="request">Which release, and whether the host keeps it.</param>
    /// <param name="work">Where the content goes on its way.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>The release; null when there is nothing that it could go back to.</returns>
    /// <exception cref="ContentException">The area no longer has that content.</exception>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it, and nothing was written.</exception>
    public async Task<Release?> RollBackAsync(
        IArea area, HostName host, RollBackRequest request, WorkDirectory work, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        if (RollBackTarget.Of([.. record.Releases.Select(published => published.Release)], request.To) is not { } earlier)
        {
            return null;
        }

        var (archive, tree) = (work.NewPath(), work.NewPath());
        var unpacker = new ContentUnpacker(TreeLimits.MaxBytes);
        await ContentDownload.FetchAsync(area, earlier.Content, archive, tree, unpacker, cancellationToken).ConfigureAwait(false);
        using var secrets = new MemoryStream();
        if (earlier.Secrets is { } encrypted)
        {
            var path = AreaPath.Secrets(encrypted.Archive);
            await ContentDownload.CopyAsync(area, path, encrypted.Archive, encrypted.ArchiveBytes, secrets, cancellationToken)
                .ConfigureAwait(false);
        }

        // Going back takes no freeze away: who froze the host did not say that it is over.
        var again = earlier with
        {
            Policy = earlier.Policy with { Freeze = record.Releases[0].Release.Policy.Freeze },
            Pin = request.IsPinned
                ? new ReleasePin { Since = clock.GetUtcNow(), To = earlier.Number, Reason = request.Reason }
                : null,
        };
        return await PublishAgainAsync(
            area, again, new ShippedTree(tree, archive, earlier.Content), secrets.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes what a release says, under a new number and with new times.</summary>
    /// <param name="area">The area of the host.</param>
    /// <param name="said">The release; its number and its times do not count.</param>
    /// <param name="tree">Its content.</param>
    /// <param name="secrets">Its encrypted secrets; empty for none.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <exception cref="ContentException">Nobody has the manifest of its closure any more.</exception>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it, and nothing was written.</exception>
    public async Task<Release> PublishAgainAsync(
        IArea area, Release said, ShippedTree tree, byte[] secrets, CancellationToken cancellationToken)
    {
        var closure = await ClosureOfAsync(area, said, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(said.Host, cancellationToken).ConfigureAwait(false);
        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var issued = numbering.NotBefore(ReleaseNumbering.Last(record, current));
        var release = ReleaseIdentity.WithId(said with
        {
            Fleet = _fleet,
            Number = numbering.Next(said.Host, record, current),
            Issued = issued,
            Expires = issued + numbering.Lifetime,
            MinimumAgent = ProtocolVersion.Of(said),
        });
        var sealedRelease = new SealedRelease
        {
            Release = release,
            Bytes = await seal.SealAsync(release, cancellationToken).ConfigureAwait(false),
            Tree = tree,
            Closure = closure,
            Secrets = secrets,
        };
        await commit.PrepareAreaAsync(area, cancellationToken).ConfigureAwait(false);
        await commit.CommitAsync(area, sealedRelease, record, cancellationToken).ConfigureAwait(false);
        return release;
    }

    /// <summary>Publishes a current release again, under a new number, with a freeze or without: its content is there.</summary>
    /// <param name="area">The area of the host.</param>
    /// <param name="current">Its current release, with fresh times.</param>
    /// <param name="freeze">The freeze; null for none.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it, and nothing was written.</exception>
    public async Task<Release> FreezeAsync(IArea area, Release current, HostFreeze? freeze, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(current.Host, cancellationToken).ConfigureAwait(false);
        var changed = current with { Policy = current.Policy with { Freeze = freeze } };
        var release = ReleaseIdentity.WithId(changed with
        {
            Number = numbering.Next(current.Host, record, current),
            MinimumAgent = ProtocolVersion.Of(changed),
        });
        var bytes = await seal.SealAsync(release, cancellationToken).ConfigureAwait(false);
        await commit.SupersedeAsync(area, release, bytes, cancellationToken).ConfigureAwait(false);
        return release;
    }

    /// <summary>What would be published, for somebody else to sign. Touches nothing.</summary>
    /// <exception cref="UnreadableReleaseException">No agent could read it.</exception>
    public async Task<Release> PrepareAsync(
        WantedRelease wanted, OfferedRelease offered, ReleaseContent content, CancellationToken cancellationToken) =>
        (await ComposeAsync(wanted, offered, content, cancellationToken).ConfigureAwait(false)).Release;

    /// <summary>Publishes what was prepared here and signed elsewhere: a new release, or a refresh of the current one.</summary>
    /// <param name="area">The area of the host.</param>
    /// <param name="release">The release.</param>
    /// <param name="sealedRelease">The bytes of it, with enough signatures.</param>
    /// <param name="tree">Its content; null when it is not there.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>Why it was not published: the world has moved since it was prepared. Null when it is current now.</returns>
    /// <exception cref="TransportException">A step failed; the release before is still current.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it, and nothing was written.</exception>
    public async Task<Objection?> PublishSignedAsync(
        IArea area, Release release, byte[] sealedRelease, ShippedTree? tree, CancellationToken cancellationToken)
    {
        ReleaseFile.Check(release, sealedRelease);
        if (release.Expires <= clock.GetUtcNow())
        {
            return new Objection($"It expired at {release.Expires:u}, before it was published.") { Kind = FailureKind.Outdated };
        }

        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(release.Host, cancellationToken).ConfigureAwait(false);
        var last = ReleaseNumbering.Last(record, current);
        if (last is not null && numbering.IsOlder(release, last))
        {
            return new Objection($"Release {last.Number} was published or refreshed after this one was prepared.")
            {
                Kind = FailureKind.Outdated,
            };
        }

        if (last?.Id == release.Id && current?.Id == release.Id)
        {
            await commit.ReplaceAsync(area, release, sealedRelease, cancellationToken).ConfigureAwait(false);
            await commit.CompleteAsync(area, release, ReleaseCommit.Signers(sealedRelease)).ConfigureAwait(false);
            return null;
        }

        if (numbering.Next(release.Host, record, current) is var next && next != release.Number)
        {
            return new Objection(
                $"It has the number {release.Number}, and the next one is {next}: something else was published after it was prepared.")
            {
                Kind = FailureKind.Outdated,
            };
        }

        if (tree is null)
        {
            return new Objection("Its content is not here any more.") { Kind = FailureKind.Outdated };
        }

        var prepared = new SealedRelease
        {
            Release = release,
            Bytes = sealedRelease,
            Tree = tree,
            Closure = await ClosureOfAsync(area, release, cancellationToken).ConfigureAwait(false),
            Secrets = Secrets(release),
        };
        await commit.PrepareAreaAsync(area, cancellationToken).ConfigureAwait(false);
        await commit.CommitAsync(area, prepared, record, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<(Release Release, HostRecord Record)> ComposeAsync(
        WantedRelease wanted, OfferedRelease offered, ReleaseContent content, CancellationToken cancellationToken)
    {
        var current = await seal.BelieveAsync(offered, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(wanted.Host.Name, cancellationToken).ConfigureAwait(false);
        var number = numbering.Next(wanted.Host.Name, record, current);
        var issued = numbering.NotBefore(ReleaseNumbering.Last(record, current));
        var release = wanted.ToRelease(_fleet, number, content, issued, numbering.Lifetime);
        ReleaseFile.CheckPayload(release);
        return (release, record);
    }

    /// <exception cref="ContentException">Nobody has its manifest any more.</exception>
    private async Task<ShippedClosure?> ClosureOfAsync(IArea area, Release release, CancellationToken cancellationToken) =>
        release.Closure is not { } said
            ? null
            : await closures.FindAsync(area, said, cancellationToken).ConfigureAwait(false)
                ?? throw new ContentException($"The closure of release {release.Number} is neither in the area nor here any more.");

    private byte[] Secrets(Release release) => release.Secrets is { } secrets ? vault.Read(release.Host, secrets) : [];
}
