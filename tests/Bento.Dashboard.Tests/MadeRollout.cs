using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;

namespace Bento.Dashboard.Tests;

/// <summary>A rollout that stands as the test says.</summary>
internal sealed class MadeRollout : IRollout
{
    public RolloutStatus? Status { get; set; }

    public Task<RolloutStatus?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Status);

    public Task<IReadOnlyDictionary<HostName, int>> ReadQueueAsync(CancellationToken cancellationToken) => throw Changes();

    public Task AbortAsync(string? reason, CancellationToken cancellationToken) => throw Changes();

    public Task<RolloutStatus?> ContinueAsync(
        RolloutContinuation continuation, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) => throw Changes();

    public IAsyncEnumerable<RolloutStatus> FollowAsync(
        RolloutContinuation continuation, TimeSpan interval, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        throw Changes();

    public Task PauseAsync(string? reason, CancellationToken cancellationToken) => throw Changes();

    public Task<RolloutStart> StartAsync(
        RolloutRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) => throw Changes();

    public Task<DeployReport> UndoAsync(IProgress<FleetEvent>? progress, CancellationToken cancellationToken) => throw Changes();

    private static NotSupportedException Changes() => new("The dashboard changes nothing.");
}
