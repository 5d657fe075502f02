using Bento.Diagnostics;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Fleets;

/// <summary>Holds a fleet as it was opened.</summary>
internal sealed class FleetLease(string name, FleetGeneration generation) : IFleet
{
    private int _isReturned;

    public string Name => name;

    public IDeployer Deployer => Services.GetRequiredService<IDeployer>();

    public IFleetStatus Status => Services.GetRequiredService<IFleetStatus>();

    public IRollout Rollout => Services.GetRequiredService<IRollout>();

    public IDoctor Doctor => Services.GetRequiredService<IDoctor>();

    /// <summary>Cancelled when the settings changed after it was opened.</summary>
    public CancellationToken Replaced { get; } = generation.Replaced;

    public IServiceProvider Services
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isReturned != 0, this);
            return generation.Services;
        }
    }

    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _isReturned, 1) == 0 ? generation.ReturnAsync() : ValueTask.CompletedTask;
}
