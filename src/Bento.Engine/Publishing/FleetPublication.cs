using System.Collections.Concurrent;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>A publication in progress: many hosts at once; a host that fails keeps its release, and the others go on.</summary>
internal sealed class FleetPublication(ITransportSession session, IAsyncDisposable taken, HostPublisher publisher) : IAsyncDisposable
{
    private const int MaxConcurrentHosts = 8;

    private readonly ConcurrentDictionary<string, Lazy<Task<ShippedTree>>> _trees = new(StringComparer.Ordinal);

    public ITransportSession Session { get; } = session;

    /// <summary>Sets hosts aside whose area would not take a release or would not be served, before anything is built for them.</summary>
    public async Task<IReadOnlyList<PlannedHost>> CheckAsync(DeployRun run, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var sound = new List<PlannedHost>();
        foreach (var host in hosts)
        {
            var problems = await Session.OpenArea(host.Name).CheckAsync(cancellationToken).ConfigureAwait(false);
            if (problems.Count == 0)
            {
                sound.Add(host);
            }
            else
            {
                run.Fail(host.Name, string.Join(" ", problems));
            }
        }

        return sound;
    }

    public async Task PublishAsync(DeployRun run, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentHosts, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(hosts, options, async (host, token) =>
        {
            try
            {
                var tree = await PackAsync(host.Snapshot, run.Work, cancellationToken).ConfigureAwait(false);
                var release = await publisher.PublishAsync(Session.OpenArea(host.Name), host.Wanted, tree, token).ConfigureAwait(false);
                run.Settle(new HostDeployment(host.Name, DeployOutcome.Published) { Number = release.Number, System = host.Evaluated.Derivation!.System });
            }
            catch (BentoException exception) when (exception is TransportException or StatusStoreException or SigningException)
            {
                run.Fail(host.Name, $"Publishing failed: {exception.Message}", exception.NextStep);
            }
            catch (IOException exception)
            {
                run.Fail(host.Name, $"Publishing failed: {exception.Message}");
            }
        }).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await taken.DisposeAsync().ConfigureAwait(false);
        await Session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>All hosts of a directory get the same archive: it is made once.</summary>
    private Task<ShippedTree> PackAsync(Snapshot snapshot, WorkDirectory work, CancellationToken cancellationToken) => _trees.GetOrAdd(
        snapshot.Directory,
        _ => new Lazy<Task<ShippedTree>>(() => ShippedTree.PackAsync(snapshot, work, cancellationToken))).Value;
}
