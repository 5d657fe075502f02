using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>Runs the health checks of a release on this machine.</summary>
internal interface IHealthChecker
{
    /// <returns>Null when the check holds; else why not, as one sentence.</returns>
    Task<string?> CheckAsync(HealthCheck check, CancellationToken cancellationToken);
}
