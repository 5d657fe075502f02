using Bento.Building.Fleet;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Evaluate → build → publish, each for all hosts before the next begins.</summary>
internal sealed partial class Deployer(
    IOptions<BentoOptions> options,
    [Guarded] IStatusStore store,
    FleetPlanner planner,
    FleetBuilder builder,
    PlanDescription description,
    FleetPublisher publisher,
    PinnedReleases pins,
    FailedBuilds failedBuilds,
    ILogger<Deployer>? logger = null) : IDeployer, IHostFreezer
{
    public async Task<DeployReport> ForecastAsync(
        BuildRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        RequireFleet();
        using var run = Begin(request.Hosts, progress);
        var planned = await planner.EvaluateAsync(run, cancellationToken).ConfigureAwait(false);
        var forecast = await builder.ForecastAsync([.. planned.Select(host => host.Evaluated)], cancellationToken).ConfigureAwait(false);
        RecordAll(run, planned, DeployOutcome.Evaluated);
        return Logged(run.ToReport()) with { Forecast = forecast };
    }

    public async Task<DeployReport> BuildAsync(BuildRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        RequireFleet();
        using var run = Begin(request.Hosts, progress);
        var planned = await planner.EvaluateAsync(run, cancellationToken).ConfigureAwait(false);
        RecordAll(run, await BuildAsync(run, planned, [], cancellationToken).ConfigureAwait(false), DeployOutcome.Built);
        return Logged(run.ToReport());
    }

    public Task<DeployReport> DeployAsync(DeployRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        DeployAsync(
            request,
            () => { },
            (publication, run, built) => publication.PublishAsync(run, built, cancellationToken),
            progress,
            cancellationToken);

    /// <summary>Deploys, with another way to publish what is built and approved.</summary>
    /// <param name="request">What.</param>
    /// <param name="begun">Called when every other publisher is kept out, before anything else.</param>
    /// <param name="publish">Publishes what is built and approved.</param>
    /// <param name="progress">Gets what happens.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<DeployReport> DeployAsync(
        DeployRequest request,
        Action begun,
        Func<FleetPublication, DeployRun, IReadOnlyList<PlannedHost>, Task> publish,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        RequireFleet();
        using var run = Begin(request.Hosts, progress, request.ForSigning, request.Unpin);
        return await ToItsEndAsync(run, () => DeployAsync(request, run, begun, publish, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<DeployReport> DeployAsync(
        DeployRequest request,
        DeployRun run,
        Action begun,
        Func<FleetPublication, DeployRun, IReadOnlyList<PlannedHost>, Task> publish,
        CancellationToken cancellationToken)
    {
        var publication = await publisher.BeginAsync(signs: request.ForSigning is null, cancellationToken).ConfigureAwait(false);
        await using (publication.ConfigureAwait(false))
        {
            begun();
            var plan = await planner.PlanAsync(run, publication.Session, cancellationToken).ConfigureAwait(false);
            var sound = await publication.CheckAsync(run, WithoutQueued(run, plan.Due), cancellationToken).ConfigureAwait(false);
            var built = await BuildAsync(run, sound, plan.Unchanged, cancellationToken).ConfigureAwait(false);
            if (!await IsApprovedAsync(request, run, plan, built, cancellationToken).ConfigureAwait(false))
            {
                RecordAll(run, built, DeployOutcome.Built);
                RecordUnchanged(run, plan.Unchanged);
                return Logged(run.ToReport());
            }

            await publication.KeepAsync(run, plan.Unchanged, cancellationToken).ConfigureAwait(false);
            await publish(publication, run, built).ConfigureAwait(false);
            return Logged(run.ToReport());
        }
    }

    public async Task<DeployPlan> PlanAsync(PlanRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        RequireFleet();
        using var run = Begin(request.Hosts, progress, unpins: request.Unpin);
        var look = await publisher.LookAsync(cancellationToken).ConfigureAwait(false);
        await using (look.ConfigureAwait(false))
        {
            var plan = await planner.PlanAsync(run, look.Session, cancellationToken).ConfigureAwait(false);
            var sound = await look.CheckAsync(run, plan.Due, cancellationToken).ConfigureAwait(false);
            var built = await BuildAsync(run, sound, plan.Unchanged, cancellationToken).ConfigureAwait(false);
            return await description.DescribeAsync(run, plan, built, withDifferences: true, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<DeployReport> RefreshAsync(RefreshRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ForKnownHostsAsync(
            Begin(request.Hosts, progress, request.ForSigning),
            (publication, run, hosts) => publication.RefreshAsync(run, hosts, cancellationToken),
            cancellationToken);

    public Task<DeployReport> RollBackAsync(
        RollBackRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ForKnownHostsAsync(
            Begin(request.Hosts, progress),
            (publication, run, hosts) => publication.RollBackAsync(run, hosts, request, cancellationToken),
            cancellationToken);

    public Task<DeployReport> FreezeAsync(
        FreezeRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ForKnownHostsAsync(
            Begin(request.Hosts, progress),
            (publication, run, hosts) => publication.FreezeAsync(run, hosts, request.Freeze, cancellationToken),
            cancellationToken);

    /// <summary>Does something for hosts that were published from here, whatever the Bento directory says today.</summary>
    private async Task<DeployReport> ForKnownHostsAsync(
        DeployRun begun, Func<FleetPublication, DeployRun, IReadOnlyList<HostName>, Task> action, CancellationToken cancellationToken)
    {
        using var run = begun;
        return await ToItsEndAsync(run, () => ForKnownAsync(run, action, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeployReport> ForKnownAsync(
        DeployRun run, Func<FleetPublication, DeployRun, IReadOnlyList<HostName>, Task> action, CancellationToken cancellationToken)
    {
        var publication = await publisher.BeginAsync(signs: run.ForSigning is null, cancellationToken).ConfigureAwait(false);
        await using (publication.ConfigureAwait(false))
        {
            var known = await store.ListAsync(cancellationToken).ConfigureAwait(false);
            var hosts = known.Where(run.Selection.Includes).ToList();
            if (hosts.Count == 0 && !run.Selection.IsAll)
            {
                throw run.Selection.Empty(known);
            }

            run.Add(run.Selection.Unknown(known));
            await action(publication, run, hosts).ConfigureAwait(false);
            return Logged(run.ToReport());
        }
    }

    /// <exception cref="PlanOutdatedException">Something else is due than what was planned.</exception>
    private async Task<bool> IsApprovedAsync(
        DeployRequest request,
        DeployRun run,
        FleetPlan plan,
        IReadOnlyList<PlannedHost> built,
        CancellationToken cancellationToken)
    {
        if (request is { Approve: null, Planned: null })
        {
            return true;
        }

        var described = await description.DescribeAsync(
            run, plan, built, withDifferences: request.Approve is not null, cancellationToken).ConfigureAwait(false);
        if (request.Planned is { } planned && PlanDescription.Outdated(described, planned, run.Selection) is { Count: > 0 } outdated)
        {
            throw new PlanOutdatedException(outdated);
        }

        return request.Approve is null
            || !described.HasChanges
            || await request.Approve(described, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="DeployCanceledException">It was cancelled.</exception>
    private static async Task<DeployReport> ToItsEndAsync(
        DeployRun run, Func<Task<DeployReport>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever cancels a deploy of a thousand hosts wants to know which of them have it.
            throw new DeployCanceledException(run.ToReport(), exception, cancellationToken);
        }
    }

    /// <summary>A directory that is none of Bento gets nothing, not even a place to work in.</summary>
    /// <exception cref="InvalidFleetException">There is nothing that could be a fleet.</exception>
    private void RequireFleet() => _ = ConfigurationDirectories.Find(options.Value.Directory, options.Value.Layout);

    private DeployRun Begin(
        HostSelector hosts, IProgress<FleetEvent>? progress, string? forSigning = null, bool unpins = false) =>
        new(new HostSelection(hosts, options.Value), WorkDirectory.Create(new StateDirectories(options)), progress, forSigning)
        {
            Unpins = unpins,
        };

    /// <returns>The hosts whose system is built, or need not be built here.</returns>
    private async Task<IReadOnlyList<PlannedHost>> BuildAsync(
        DeployRun run, IReadOnlyList<PlannedHost> planned, IReadOnlyList<Release> unchanged, CancellationToken cancellationToken)
    {
        var builds = await builder.BuildAsync(
            [.. planned.Select(host => host.Evaluated)], run.Work, run.Progress, cancellationToken).ConfigureAwait(false);
        foreach (var (host, failure) in builds)
        {
            if (failure is not null)
            {
                run.FailToBuild(host.Spec.Name, failure.ToFailure($"{host.Place} does not build: {failure.Message}"), failure.LogTail);
            }
        }

        var failed = builds.Where(build => build.Failure is not null).Select(build => build.Host.Spec.Name).ToHashSet();
        IReadOnlyList<PlannedHost> built = [.. planned.Where(host => !failed.Contains(host.Name))];
        failedBuilds.Write(run.FailedBuilds, built.Select(host => host.Name).Concat(unchanged.Select(release => release.Host)));
        return built;
    }

    /// <summary>A host that waits for its wave gets what was planned for it, and nothing else past its rollout.</summary>
    private IReadOnlyList<PlannedHost> WithoutQueued(DeployRun run, IReadOnlyList<PlannedHost> due)
    {
        var queued = pins.Hosts();
        foreach (var host in due.Where(host => queued.Contains(host.Name)))
        {
            run.Fail(
                host.Name,
                FailureKind.Held,
                "It waits for its wave in a rollout, and nothing else is published for it until then.",
                new NextStep("End the rollout first, or let it go on.") { Verb = NextStepVerb.EndRollout });
        }

        return [.. due.Where(host => !queued.Contains(host.Name))];
    }

    private static void RecordUnchanged(DeployRun run, IReadOnlyList<Release> releases)
    {
        foreach (var release in releases)
        {
            run.Record(new HostDeployment(release.Host, DeployOutcome.Unchanged)
            {
                Number = release.Number,
                System = release.ExpectedSystem,
                Pin = release.Pin,
            });
        }
    }

    private static void RecordAll(DeployRun run, IReadOnlyList<PlannedHost> hosts, DeployOutcome outcome)
    {
        foreach (var host in hosts)
        {
            var reached = host.Evaluated.Spec.Settings.EvaluateOnly ? DeployOutcome.Evaluated : outcome;
            run.Record(new HostDeployment(host.Name, reached) { System = host.Evaluated.Derivation.System });
        }
    }
}
