using System.Collections.Concurrent;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing.Closures;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Keeps what was planned, and publishes exactly that later, without Nix.</summary>
internal sealed class PinnedPublisher(
    PinnedReleases pins,
    ReleaseSealer seal,
    HostPublisher publisher,
    ReleaseCommit commit,
    SecretVault vault,
    ClosurePacking packing)
{
    /// <summary>Keeps what hosts would get. One for which that fails is recorded as failed.</summary>
    public async Task<IReadOnlyList<PinnedRelease>> KeepAsync(
        FleetPublication publication, DeployRun run, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var packed = await packing.PackAsync(run, publication.Session, hosts, cancellationToken).ConfigureAwait(false);
        var trees = new ConcurrentDictionary<string, Lazy<Task<ShippedTree>>>(StringComparer.Ordinal);
        var pinned = new ConcurrentBag<PinnedRelease>();
        await FleetPublication.ForEachAsync(run, packed, host => host.Name, async (host, token) =>
        {
            var tree = await trees.GetOrAdd(
                host.Snapshot.Directory,
                _ => new Lazy<Task<ShippedTree>>(() => KeepAsync(host.Snapshot, run.Work, cancellationToken))).Value.ConfigureAwait(false);
            var release = await publisher.PrepareAsync(host.Wanted, host.Offered, tree.Content, token).ConfigureAwait(false);
            var current = await seal.BelieveAsync(host.Offered, token).ConfigureAwait(false);
            pins.Keep(release, release.Secrets is { } secrets ? vault.Read(host.Name, secrets) : []);
            pinned.Add(new PinnedRelease(host, current?.Id));
        }, cancellationToken).ConfigureAwait(false);
        return [.. pinned.OrderBy(release => release.Host)];
    }

    /// <summary>Publishes what is kept for hosts.</summary>
    /// <param name="publication">The publication.</param>
    /// <param name="run">Gets what came of each host.</param>
    /// <param name="hosts">The hosts, each with the release that is to be replaced; null for none.</param>
    /// <param name="cancellationToken">Stops between two steps of a host.</param>
    public async Task<IReadOnlyDictionary<HostName, PinnedOutcome>> PublishAsync(
        FleetPublication publication,
        DeployRun run,
        IReadOnlyDictionary<HostName, ReleaseId?> hosts,
        CancellationToken cancellationToken)
    {
        var outcomes = new ConcurrentDictionary<HostName, PinnedOutcome>();
        var trees = new ConcurrentDictionary<ContentHash, Lazy<ShippedTree>>();
        await FleetPublication.ForEachAsync(run, [.. hosts], host => host.Key, async (host, token) =>
        {
            var area = publication.Session.OpenArea(host.Key);
            outcomes[host.Key] = await PublishAsync(area, host.Key, host.Value, trees, token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        foreach (var (host, outcome) in outcomes)
        {
            Record(run, host, outcome);
        }

        // What one host met is in the report already.
        foreach (var failed in run.ToReport().Hosts.Where(host => hosts.ContainsKey(host.Host) && host.Failure is not null))
        {
            outcomes[failed.Host] = new PinnedOutcome.Failed(failed.Failure!.Message);
        }

        return outcomes;
    }

    /// <summary>Whether a release is what is kept for its host: whoever published it was killed before saying so.</summary>
    public bool Has(Release release) =>
        pins.Hosts().Contains(release.Host) && ReleaseIdentity.SaysTheSame(release, pins.Read(release.Host));

    private async Task<PinnedOutcome> PublishAsync(
        IArea area,
        HostName host,
        ReleaseId? replaces,
        ConcurrentDictionary<ContentHash, Lazy<ShippedTree>> trees,
        CancellationToken cancellationToken)
    {
        var said = pins.Read(host);
        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        if (current is not null && ReleaseIdentity.SaysTheSame(current, said))
        {
            _ = await commit.FinishAsync(area, current, cancellationToken).ConfigureAwait(false);
            return new PinnedOutcome.Published(current);
        }

        if (current?.Id != replaces)
        {
            return new PinnedOutcome.Replaced(current?.Number);
        }

        var tree = trees.GetOrAdd(said.Content.Archive, _ => new Lazy<ShippedTree>(() => pins.ReadTree(said.Content))).Value;
        return new PinnedOutcome.Published(
            await publisher.PublishAgainAsync(area, said, tree, pins.ReadSecrets(said), cancellationToken).ConfigureAwait(false));
    }

    private async Task<ShippedTree> KeepAsync(Snapshot snapshot, WorkDirectory work, CancellationToken cancellationToken)
    {
        var tree = await ShippedTree.PackAsync(snapshot, work, cancellationToken).ConfigureAwait(false);
        await pins.KeepAsync(tree, cancellationToken).ConfigureAwait(false);
        return tree;
    }

    private static void Record(DeployRun run, HostName host, PinnedOutcome outcome) => run.Record(outcome switch
    {
        PinnedOutcome.Published { Release: var release } => new HostDeployment(host, DeployOutcome.Published)
        {
            Number = release.Number,
            System = release.ExpectedSystem,
        },
        _ => new HostDeployment(host, DeployOutcome.Unchanged) { Number = (outcome as PinnedOutcome.Replaced)?.By },
    });
}
