using System.Runtime.CompilerServices;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Publishing;
using Bento.Status;
using Microsoft.Extensions.Options;

namespace Bento.Rollouts;

/// <summary>The one rollout of a fleet.</summary>
internal sealed class Rollout(
    IOptions<BentoOptions> options,
    RolloutFiles files,
    RolloutStarter starter,
    RolloutAdvance advance,
    FleetPublisher publisher,
    PinnedPublisher pinned,
    FleetSignal signal,
    [Guarded] IStatusStore store,
    TimeProvider clock) : IRollout
{
    public async Task<RolloutStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        if (files.Read() is not { } state)
        {
            return null;
        }

        var statuses = await advance.ReadAsync(cancellationToken).ConfigureAwait(false);
        return RolloutView.Of(state, statuses, files.ReadHold(state), clock.GetUtcNow()).ToStatus();
    }

    public Task<IReadOnlyDictionary<HostName, int>> ReadQueueAsync(CancellationToken cancellationToken)
    {
        var queued = files.Read() is { Ended: null } state && files.ReadHold(state) is not { IsAbort: true }
            ? state.Hosts.Where(host => host is { Number: null, IsReplaced: false, Failure: null })
            : [];
        return Task.FromResult<IReadOnlyDictionary<HostName, int>>(queued.ToDictionary(host => host.Host, host => host.Wave));
    }

    public Task<RolloutStart> StartAsync(RolloutRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return starter.StartAsync(request, progress, cancellationToken);
    }

    public async Task<RolloutStatus?> ContinueAsync(
        RolloutContinuation continuation, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(continuation);
        if (files.Read() is not { } found)
        {
            return null;
        }

        if (found.Ended is not null)
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        using var run = Begin(progress);
        var signs = files.ReadHold(found) is not { IsAbort: true };
        var publication = await publisher.BeginAsync(signs, cancellationToken).ConfigureAwait(false);
        await using (publication.ConfigureAwait(false))
        {
            // Another operator may have gone on with it while this one waited for the lock.
            var state = await DecidedAsync(files.Read() ?? found, continuation, cancellationToken).ConfigureAwait(false);
            return (await advance.RunAsync(publication, run, state, cancellationToken).ConfigureAwait(false)).ToStatus();
        }
    }

    public async IAsyncEnumerable<RolloutStatus> FollowAsync(
        RolloutContinuation continuation,
        TimeSpan interval,
        IProgress<FleetEvent>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        using var changes = signal.Listen();
        if (await ContinueAsync(continuation, progress, cancellationToken).ConfigureAwait(false) is not { } status)
        {
            yield break;
        }

        while (true)
        {
            yield return status;
            if (status.Phase.IsOver() || status.Phase.NeedsPerson())
            {
                yield break;
            }

            await changes.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
            status = await TryContinueAsync(progress, cancellationToken).ConfigureAwait(false) ?? status;
        }
    }

    public Task PauseAsync(string? reason, CancellationToken cancellationToken)
    {
        Hold(reason, isAbort: false);
        return Task.CompletedTask;
    }

    public async Task AbortAsync(string? reason, CancellationToken cancellationToken)
    {
        Hold(reason, isAbort: true);
        _ = await TryContinueAsync(null, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeployReport> UndoAsync(IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        var found = files.Read() ?? throw None();
        if (found.Ended is null && files.ReadHold(found) is not { IsAbort: true })
        {
            // From here on no wave is published, also when this is killed.
            Hold("taken back", isAbort: true);
        }

        using var run = Begin(progress);
        var publication = await publisher.BeginAsync(signs: true, cancellationToken).ConfigureAwait(false);
        await using (publication.ConfigureAwait(false))
        {
            var state = files.Read() ?? found;
            var hosts = new List<HostName>();
            foreach (var host in state.Hosts)
            {
                var record = await store.ReadAsync(host.Host, cancellationToken).ConfigureAwait(false);
                if (record.Releases is [{ Release: var newest }, ..]
                    && (host.Release is { } got ? newest.Id == got : pinned.Has(newest)))
                {
                    hosts.Add(host.Host);
                }
            }

            await publication.RollBackAsync(run, hosts, TakenBack, cancellationToken).ConfigureAwait(false);
            advance.Keep(state with { Ended = RolloutPhase.Undone });
            return run.ToReport();
        }
    }

    private async Task<RolloutStatus?> TryContinueAsync(IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await ContinueAsync(new RolloutContinuation(), progress, cancellationToken).ConfigureAwait(false);
        }
        catch (BentoException exception) when (exception.IsTransient)
        {
            // Another publisher, or a server that is away: the next look may find it otherwise.
            return null;
        }
    }

    /// <summary>Takes what a person decided into the state; it is on disk before anything follows from it.</summary>
    private async Task<RolloutState> DecidedAsync(RolloutState state, RolloutContinuation continuation, CancellationToken cancellationToken)
    {
        if (continuation is { Resume: false, Approve: false })
        {
            return state;
        }

        var statuses = await advance.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (continuation.Resume && files.ReadHold(state) is not { IsAbort: true })
        {
            var view = RolloutView.Of(state, statuses, hold: null, clock.GetUtcNow());
            var failed = RolloutView.Failures(view.Hosts).Select(host => host.Host).ToHashSet();
            state = state.Stopped is null && view.State.Stopped is null ? state : view.State with
            {
                Stopped = null,
                Hosts = [.. view.State.Hosts.Select(host => failed.Contains(host.Host) ? host with { IsForgiven = true } : host)],
            };
            files.Write(state);
            files.RemoveHold();
        }

        if (continuation.Approve)
        {
            var view = RolloutView.Of(state, statuses, files.ReadHold(state), clock.GetUtcNow());
            if (view.Decision is not { Phase: RolloutPhase.NeedsApproval, Wave: var approved })
            {
                // Said before the wave before it has shown anything, it would approve what nobody has seen.
                throw new RolloutException($"No wave waits for an approval now, and nothing was approved. {view.ToStatus().Reason}");
            }

            state = state with
            {
                Waves = [.. state.Waves.Select((wave, index) => index == approved ? wave with { ApprovedBy = LockOwner.Name } : wave)],
            };
            files.Write(state);
        }

        return state;
    }

    private void Hold(string? reason, bool isAbort)
    {
        var state = files.Read() ?? throw None();
        if (state.Ended is not null || files.ReadHold(state) is { IsAbort: true })
        {
            throw new RolloutException("The rollout is over already.");
        }

        files.WriteHold(state, new RolloutHold(clock.GetUtcNow(), LockOwner.Name) { Reason = reason, IsAbort = isAbort });
    }

    private DeployRun Begin(IProgress<FleetEvent>? progress) => new(
        new HostSelection(HostSelector.All, options.Value), WorkDirectory.Create(new StateDirectories(options)), progress);

    /// <summary>The configuration still describes what was taken back: the next deploy must not publish it unseen.</summary>
    private static RollBackRequest TakenBack => new() { Reason = "a rollout was taken back" };

    private static RolloutException None() => new("There is no rollout.");
}
