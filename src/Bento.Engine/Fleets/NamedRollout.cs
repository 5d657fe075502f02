using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;

namespace Bento.Fleets;

/// <summary>The rollouts of a fleet as it is when they are asked. What follows one keeps its settings: it decides something once.</summary>
internal sealed class NamedRollout(NamedFleet fleet) : IRollout
{
    public Task<RolloutStatus?> ReadAsync(CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Rollout.ReadAsync(cancellationToken));

    public Task<IReadOnlyDictionary<HostName, int>> ReadQueueAsync(CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Rollout.ReadQueueAsync(cancellationToken));

    public Task<RolloutStart> StartAsync(RolloutRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Rollout.StartAsync(request, progress, cancellationToken));

    public Task<RolloutStatus?> ContinueAsync(
        RolloutContinuation continuation, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Rollout.ContinueAsync(continuation, progress, cancellationToken));

    public async IAsyncEnumerable<RolloutStatus> FollowAsync(
        RolloutContinuation continuation,
        TimeSpan interval,
        IProgress<FleetEvent>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = fleet.Open();
        await using (current.ConfigureAwait(false))
        {
            var looks = current.Rollout.FollowAsync(continuation, interval, progress, cancellationToken).ConfigureAwait(false);
            await foreach (var look in looks)
            {
                yield return look;
            }
        }
    }

    public Task PauseAsync(string? reason, CancellationToken cancellationToken) => fleet.AskAsync(async current =>
    {
        await current.Rollout.PauseAsync(reason, cancellationToken).ConfigureAwait(false);
        return true;
    });

    public Task AbortAsync(string? reason, CancellationToken cancellationToken) => fleet.AskAsync(async current =>
    {
        await current.Rollout.AbortAsync(reason, cancellationToken).ConfigureAwait(false);
        return true;
    });

    public Task<DeployReport> UndoAsync(IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Rollout.UndoAsync(progress, cancellationToken));
}
