using System.Collections.Concurrent;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing.Closures;
using Bento.Status;
using Bento.Telemetry;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>A publication in progress: many hosts at once; a host that fails keeps its release, and the others go on.</summary>
internal sealed class FleetPublication(
    ITransportSession session,
    IAsyncDisposable? taken,
    HostPublisher publisher,
    ReleaseCommit commit,
    ReleaseRefresh refresh,
    StagedReleases staged,
    ClosurePacking packing,
    ClosureRetention closures) : IAsyncDisposable
{
    private const int MaxConcurrentHosts = 8;

    private readonly ConcurrentDictionary<string, Lazy<Task<ShippedTree>>> _trees = new(StringComparer.Ordinal);

    public ITransportSession Session { get; } = session;

    /// <summary>
    /// Settles the hosts whose release would not change, once a publication that was interrupted is finished. A release that has lived for
    /// half of its time is refreshed, so that a fleet that is deployed now and then never goes stale.
    /// </summary>
    public Task KeepAsync(DeployRun run, IReadOnlyList<Release> unchanged, CancellationToken cancellationToken) =>
        ForEachAsync(run, unchanged, release => release.Host, async (release, token) =>
        {
            var area = Session.OpenArea(release.Host);
            if (!await commit.FinishAsync(area, release, token).ConfigureAwait(false))
            {
                run.Fail(
                    release.Host,
                    FailureKind.Signing,
                    "Its area holds a release that names a key of this publisher and was not signed with it.",
                    "Find out who wrote release.json there; then remove the file and deploy again.");
            }
            else if (refresh.IsAging(release))
            {
                await RefreshAsync(run, release.Host, token).ConfigureAwait(false);
            }

            run.Record(new HostDeployment(release.Host, DeployOutcome.Unchanged)
            {
                Number = release.Number,
                Pin = release.Pin,
                System = release.ExpectedSystem,
            });
        }, cancellationToken);

    /// <summary>Moves the times of the current releases.</summary>
    public Task RefreshAsync(DeployRun run, IReadOnlyList<HostName> hosts, CancellationToken cancellationToken) =>
        ForEachAsync(run, hosts, host => host, (host, token) => RefreshAsync(run, host, token), cancellationToken);

    /// <summary>Sets hosts aside whose area would not take a release or would not be served, before anything is built for them.</summary>
    public async Task<IReadOnlyList<PlannedHost>> CheckAsync(
        DeployRun run, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var sound = new ConcurrentBag<PlannedHost>();
        await ForEachAsync(run, hosts, host => host.Name, async (host, token) =>
        {
            var problems = await Session.OpenArea(host.Name).CheckAsync(token).ConfigureAwait(false);
            if (problems.Count == 0)
            {
                sound.Add(host);
            }
            else
            {
                run.Fail(host.Name, Objection(problems, host.Name));
            }
        }, cancellationToken).ConfigureAwait(false);
        return [.. sound.OrderBy(host => host.Name)];
    }

    public async Task PublishAsync(DeployRun run, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.PublishPhase);
        var packed = await packing.PackAsync(run, Session, hosts, cancellationToken).ConfigureAwait(false);
        await ForEachAsync(run, packed, host => host.Name, async (host, token) =>
        {
            var tree = await PackAsync(host.Snapshot, run.Work, cancellationToken).ConfigureAwait(false);
            if (run.ForSigning is { } directory)
            {
                Stage(
                    run,
                    directory,
                    await publisher.PrepareAsync(host.Wanted, host.Offered, tree.Content, token).ConfigureAwait(false),
                    tree);
                return;
            }

            var release = await publisher.PublishAsync(
                Session.OpenArea(host.Name), host.Wanted, host.Offered, tree, host.Closure, token).ConfigureAwait(false);
            run.Record(new HostDeployment(host.Name, DeployOutcome.Published)
            {
                Number = release.Number,
                System = host.Evaluated.Derivation.System,
            });
        }, cancellationToken).ConfigureAwait(false);
        await CollectAsync(run).ConfigureAwait(false);
    }

    /// <summary>Publishes again what hosts had before.</summary>
    public Task RollBackAsync(
        DeployRun run, IReadOnlyList<HostName> hosts, RollBackRequest request, CancellationToken cancellationToken) =>
        ForEachAsync(run, hosts, host => host, async (host, token) =>
        {
            var area = Session.OpenArea(host);
            if (await publisher.RollBackAsync(area, host, request, run.Work, token).ConfigureAwait(false) is { } release)
            {
                var claims = await HostClaims.ReadAsync(area, HostRecord.Empty, token).ConfigureAwait(false);
                if (claims.FindObjection(host, release.ExpectedSystem, release.Policy) is { } remark)
                {
                    run.Remark(remark);
                }

                run.Record(new HostDeployment(host, DeployOutcome.Published)
                {
                    Number = release.Number,
                    System = release.ExpectedSystem,
                    Pin = release.Pin,
                });
            }
            else
            {
                run.Fail(
                    host,
                    FailureKind.Outdated,
                    request.To is null
                        ? "Nothing else was ever published for it from here."
                        : $"Release {request.To} was never published for it from here.",
                    "Change its configuration, and deploy.");
            }
        }, cancellationToken);

    /// <summary>Publishes the current releases again, with a freeze or without.</summary>
    public Task FreezeAsync(DeployRun run, IReadOnlyList<HostName> hosts, HostFreeze? freeze, CancellationToken cancellationToken) =>
        ForEachAsync(run, hosts, host => host, async (host, token) =>
        {
            var area = Session.OpenArea(host);
            if (await refresh.PrepareAsync(area, host, token).ConfigureAwait(false) is not { } current)
            {
                run.Fail(host, await refresh.ExplainAsync(area, host, token).ConfigureAwait(false));
                return;
            }

            var isSame = current.Policy.Freeze == freeze;
            var release = isSame ? current : await publisher.FreezeAsync(area, current, freeze, token).ConfigureAwait(false);
            run.Record(new HostDeployment(host, isSame ? DeployOutcome.Unchanged : DeployOutcome.Published)
            {
                Number = release.Number,
                System = release.ExpectedSystem,
                Pin = release.Pin,
            });
        }, cancellationToken);

    /// <summary>Publishes what was prepared here and signed elsewhere; whatever else somebody put into its place is not.</summary>
    public async Task PublishSignedAsync(
        DeployRun run, IReadOnlyList<SigningRequest> requests, ReleaseTerms terms, CancellationToken cancellationToken)
    {
        var published = new ConcurrentBag<HostName>();
        await ForEachAsync(run, requests, request => request.Release.Host, async (request, token) =>
        {
            var (release, host, envelope) = (
                request.Release, request.Release.Host, new ReleaseEnvelope(request.Payload, request.Signatures));
            var objection = !staged.Has(host, request.Payload.Span)
                ? new Objection("It is not what was prepared here last.") { Kind = FailureKind.Outdated }
                : ReleaseSealer.FindObjection(terms, envelope)
                    ?? await publisher.PublishSignedAsync(
                        Session.OpenArea(host),
                        release,
                        ReleaseFileJson.Write(envelope),
                        staged.Find(release.Content),
                        token).ConfigureAwait(false);
            if (objection is null)
            {
                published.Add(host);
                run.Record(new HostDeployment(host, DeployOutcome.Published) { Number = release.Number, System = release.ExpectedSystem });
            }
            else
            {
                run.Fail(
                    host,
                    objection.Kind,
                    $"Release {release.Number} is not published. {objection.Reason}",
                    new NextStep("Have it signed, or prepare it again.") { Verb = NextStepVerb.PrepareForSigning, Host = host });
            }
        }, cancellationToken).ConfigureAwait(false);
        staged.Collect(published);
    }

    public async ValueTask DisposeAsync()
    {
        if (taken is not null)
        {
            await taken.DisposeAsync().ConfigureAwait(false);
        }

        await Session.DisposeAsync().ConfigureAwait(false);
    }

    private static Objection Objection(IReadOnlyList<AreaProblem> problems, HostName host) => problems is [var only]
        ? new Objection(only.Message, only.NextStep) { Kind = FailureKind.Denied }
        : new Objection(
            string.Join(" ", problems.Select(problem => problem.Message)),
            new NextStep("Ask the doctor what to do about each of them.") { Verb = NextStepVerb.Examine, Host = host })
        {
            Kind = FailureKind.Denied,
        };

    /// <summary>What is left behind is found by the next deploy, and no reason to call this one failed.</summary>
    private async Task CollectAsync(DeployRun run)
    {
        try
        {
            await closures.CollectHereAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or StatusStoreException or TransportException)
        {
            run.Remark($"Closures that no host needs any more could not be removed: {exception.Message}");
        }
    }

    private async Task RefreshAsync(DeployRun run, HostName host, CancellationToken cancellationToken)
    {
        var prepared = run.ForSigning is null
            ? null
            : await refresh.PrepareAsync(Session.OpenArea(host), host, cancellationToken).ConfigureAwait(false);
        if (prepared is not null)
        {
            Stage(run, run.ForSigning!, prepared, null);
        }
        else if (run.ForSigning is null
            && await refresh.RefreshAsync(Session.OpenArea(host), host, cancellationToken).ConfigureAwait(false) is { } release)
        {
            run.Record(new HostDeployment(host, DeployOutcome.Refreshed) { Number = release.Number, System = release.ExpectedSystem });
        }
        else
        {
            run.Fail(host, await refresh.ExplainAsync(Session.OpenArea(host), host, cancellationToken).ConfigureAwait(false));
        }
    }

    private void Stage(DeployRun run, string directory, Release release, ShippedTree? tree)
    {
        var payload = PayloadJson.Write(release);
        staged.Put(release, payload, tree);
        SigningDirectory.Write(directory, release, payload, []);
        run.Record(new HostDeployment(release.Host, DeployOutcome.Prepared) { Number = release.Number, System = release.ExpectedSystem });
    }

    /// <summary>Many hosts at once; what one of them meets is its own failure.</summary>
    public static Task ForEachAsync<T>(
        DeployRun run,
        IReadOnlyList<T> items,
        Func<T, HostName> hostOf,
        Func<T, CancellationToken, Task> action,
        CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentHosts, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(items, options, async (item, token) =>
        {
            using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Host);
            _ = activity?.SetTag(TagNames.Host, hostOf(item).ToString());
            try
            {
                await action(item, token).ConfigureAwait(false);
            }
            catch (UnreadableReleaseException exception)
            {
                run.Fail(hostOf(item), FailureKind.Damaged, exception.Message, exception.NextStep);
            }
            catch (Exception exception) when (exception
                is TransportException or StatusStoreException or SigningException or IOException or ContentException)
            {
                run.Fail(hostOf(item), FailureReading.Of(exception, $"Publishing failed: {exception.Message}"));
            }

            if (activity is not null && run.FailureOf(hostOf(item)) is { } failure)
            {
                activity.Fails(failure.Message, "host");
            }
        });
    }

    /// <summary>All hosts of a directory get the same archive: it is made once.</summary>
    private Task<ShippedTree> PackAsync(Snapshot snapshot, WorkDirectory work, CancellationToken cancellationToken) => _trees.GetOrAdd(
        snapshot.Directory,
        _ => new Lazy<Task<ShippedTree>>(() => ShippedTree.PackAsync(snapshot, work, cancellationToken))).Value;
}
