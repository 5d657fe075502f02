using Bento.Diagnostics;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;

namespace Bento.Fleets;

/// <summary>
/// One of several fleets, with the settings that it was opened with: they stay the same until it is disposed, whatever is written
/// meanwhile.
/// </summary>
/// <remarks>
/// Thread-safe. Open it for a job, such as a plan and its deploy, and dispose it; the next one gets the settings of its time.
/// </remarks>
public interface IFleet : IAsyncDisposable
{
    /// <summary>The name that it was added with; that in its releases is a setting of its own.</summary>
    string Name { get; }

    /// <summary>Deploys it.</summary>
    IDeployer Deployer { get; }

    /// <summary>Says how its hosts stand.</summary>
    IFleetStatus Status { get; }

    /// <summary>Deploys it in waves.</summary>
    IRollout Rollout { get; }

    /// <summary>Says what is wrong with it.</summary>
    IDoctor Doctor { get; }

    /// <summary>Everything else that an application with one fleet takes from its container.</summary>
    IServiceProvider Services { get; }
}
