using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;

namespace Bento.Rollouts;

/// <summary>
/// Look → decide → publish a wave → look again, until there is nothing to publish now. The caller keeps other publishers out.
/// </summary>
/// <remarks>
/// A wave is written down as begun before its first host, and with what came of each after the last. Killed between the two, the next run
/// finds the releases of this rollout in the areas and goes on with the other hosts.
/// </remarks>
internal sealed class RolloutAdvance(
    RolloutFiles files, PinnedReleases pins, PinnedPublisher publisher, IFleetStatus fleet, TimeProvider clock)
{
    public async Task<RolloutView> RunAsync(
        FleetPublication publication, DeployRun run, RolloutState state, CancellationToken cancellationToken)
    {
        pins.Commit();
        while (true)
        {
            var before = files.Read() ?? state;
            var statuses = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var view = RolloutView.Of(state, statuses, files.ReadHold(state), clock.GetUtcNow());
            state = Ended(view);
            if (state.Stopped is { } stopped && before.Stopped is null)
            {
                run.Report(new FleetEvent.RolloutStopped(stopped.Reason));
            }

            if (state.Ended == RolloutPhase.Finished && before.Ended is null)
            {
                run.Report(new FleetEvent.RolloutFinished());
            }

            Keep(state);
            if (view.Decision.Phase != RolloutPhase.Ready)
            {
                return view;
            }

            state = await PublishAsync(publication, run, state, view.Decision.Wave, statuses, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How the hosts stand.</summary>
    public async Task<IReadOnlyDictionary<HostName, HostStatus>> ReadAsync(CancellationToken cancellationToken) =>
        (await fleet.ReadAsync(HostSelector.All, cancellationToken).ConfigureAwait(false)).ToDictionary(status => status.Host);

    /// <summary>Writes the state down, and forgets what no wave publishes any more: while it is kept, it holds hosts back.</summary>
    public void Keep(RolloutState state)
    {
        if (state.Ended is not null)
        {
            // Before it is said that the rollout is over: whoever is killed between the two is asked to end it again.
            pins.Clear();
        }

        files.Write(state);
        var kept = pins.Hosts();
        foreach (var host in state.Hosts.Where(host => !IsQueued(host) && kept.Contains(host.Host)))
        {
            pins.Forget(host.Host);
        }
    }

    private async Task<RolloutState> PublishAsync(
        FleetPublication publication,
        DeployRun run,
        RolloutState state,
        int wave,
        IReadOnlyDictionary<HostName, HostStatus> statuses,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        state = state with
        {
            Waves = [.. state.Waves.Select((entry, index) => index == wave ? entry with { Began = entry.Began ?? now } : entry)],
        };
        files.Write(state);
        var due = state.Hosts.Where(host => host.Wave == wave && IsQueued(host))
            .ToDictionary(host => host.Host, host => host.Replaces);
        run.Report(new FleetEvent.WaveBegan(wave, [.. due.Keys]));
        var outcomes = await publisher.PublishAsync(publication, run, due, cancellationToken).ConfigureAwait(false);
        return state with
        {
            Hosts = [.. state.Hosts.Select(host => outcomes.TryGetValue(host.Host, out var outcome)
                ? After(host, outcome, statuses.GetValueOrDefault(host.Host))
                : host)],
        };
    }

    private RolloutMember After(RolloutMember host, PinnedOutcome outcome, HostStatus? status) => outcome switch
    {
        PinnedOutcome.Published { Release: var release } => host with
        {
            Release = release.Id,
            Number = release.Number,
            Published = clock.GetUtcNow(),
            SeenBefore = status?.LastSeen,
            PresentSince = HostJudgement.IsPresent(status) ? clock.GetUtcNow() : null,
        },
        PinnedOutcome.Failed { Reason: var reason } => host with { Failure = reason },
        _ => host with { IsReplaced = true },
    };

    private static bool IsQueued(RolloutMember host) => host is { Number: null, IsReplaced: false, Failure: null };

    private static RolloutState Ended(RolloutView view) =>
        view.Decision.Phase.IsOver() ? view.State with { Ended = view.Decision.Phase } : view.State;
}
