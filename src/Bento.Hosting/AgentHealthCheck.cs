using Bento.Agents;
using Bento.Protocol;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bento.Hosting;

/// <summary>Whether the agent works, and what came of its last poll. Asks the service and no server.</summary>
internal sealed class AgentHealthCheck(AgentService service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(service.Problem, service.Last, context.Registration.FailureStatus));

    /// <summary>Pure.</summary>
    internal static HealthCheckResult Judge(string? problem, AgentResult? last, HealthStatus failure) => (problem, last) switch
    {
        ({ } reason, _) => new HealthCheckResult(failure, reason),
        (_, null) => HealthCheckResult.Degraded("The first poll has not ended yet."),
        (_, { LockedSecrets: { } locked }) => HealthCheckResult.Degraded(locked),
        (_, { Conclusion: AgentConclusion.Refused or AgentConclusion.Unreachable } result) => HealthCheckResult.Degraded(result.Reason),
        (_, { Outcome: { } outcome } result) when !outcome.IsSuccess() => HealthCheckResult.Degraded(result.Reason),
        (_, { } result) => HealthCheckResult.Healthy(result.Reason),
    };
}
