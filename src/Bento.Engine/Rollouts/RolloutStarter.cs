using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Rollouts;

/// <summary>Plans, asks once, keeps what was planned, and begins to publish.</summary>
internal sealed class RolloutStarter(
    Deployer deployer,
    PinnedReleases pins,
    PinnedPublisher publisher,
    RolloutFiles files,
    RolloutPlanning planning,
    RolloutAdvance advance,
    TimeProvider clock)
{
    public async Task<RolloutStart> StartAsync(
        RolloutRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        RequireNone();
        RolloutView? begun = null;
        var report = await deployer.DeployAsync(
            new DeployRequest
            {
                Hosts = request.Hosts,
                Planned = request.Planned,
                Unpin = request.Unpin,
                Approve = request.Approve is null ? null : (plan, token) => ApproveAsync(request, plan, token),
            },
            () =>
            {
                // What is left of an earlier one, or of one that was killed before it began.
                RequireNone();
                pins.Clear();
            },
            async (publication, run, built) =>
            {
                var pinned = await publisher.KeepAsync(publication, run, built, cancellationToken).ConfigureAwait(false);
                if (pinned.Count == 0)
                {
                    return;
                }

                var state = await planning.ComposeAsync(
                    pinned.ToDictionary(release => release.Host, release => release.Replaces),
                    request.Waves,
                    await advance.ReadAsync(cancellationToken).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false);

                // From here on it is begun: whatever happens, it can be continued.
                files.Write(state);
                begun = await advance.RunAsync(publication, run, state, cancellationToken).ConfigureAwait(false);
                foreach (var release in pinned)
                {
                    run.Record(new HostDeployment(release.Host, DeployOutcome.Queued)
                    {
                        System = release.Planned.Evaluated.Derivation.System,
                    });
                }
            },
            progress,
            cancellationToken).ConfigureAwait(false);
        return new RolloutStart(report, begun?.ToStatus());
    }

    private async Task<bool> ApproveAsync(RolloutRequest request, DeployPlan plan, CancellationToken cancellationToken)
    {
        var statuses = await advance.ReadAsync(cancellationToken).ConfigureAwait(false);
        var state = await planning.ComposeAsync(
            plan.Hosts.Where(host => host.Fingerprint is not null).ToDictionary(host => host.Host, _ => (Protocol.ReleaseId?)null),
            request.Waves,
            statuses,
            cancellationToken).ConfigureAwait(false);
        return await request.Approve!(plan, RolloutView.Of(state, statuses, hold: null, clock.GetUtcNow()).ToStatus(), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <exception cref="RolloutException">One is going on.</exception>
    private void RequireNone()
    {
        if (files.Read() is { Ended: null } open && files.ReadHold(open) is not { IsAbort: true })
        {
            throw new RolloutException(
                $"A rollout is going on: {open.By} began it at {open.Began:u}, for {open.Hosts.Count} hosts. There is one at a time.")
            {
                NextStep = new NextStep("End it first, or let it go on.") { Verb = NextStepVerb.EndRollout },
            };
        }
    }
}
