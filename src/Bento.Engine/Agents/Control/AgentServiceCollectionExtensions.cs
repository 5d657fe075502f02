using Bento.Agents.Attempts;
using Bento.Agents.Closures;
using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Agents.Polling;
using Bento.Agents.SelfUpdate;
using Bento.Agents.Servers;
using Bento.Building;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Control;

/// <summary>Adds what a host needs.</summary>
internal static class AgentServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IAgent"/> and <see cref="IAgentControl"/>, with NixOS as the machine unless there is another.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AgentOptions>();
        _ = services.Configure<NixOptions>(options => options.SurvivesPowerCuts = true);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AgentOptions>, AgentOptionsRules>());
        return services.AddMachine().AddServers().AddAttempts().AddPolling();
    }

    /// <summary>What an agent changes and judges: the machine.</summary>
    private static IServiceCollection AddMachine(this IServiceCollection services)
    {
        services.TryAddSingleton<IActivator, NixosActivator>();
        services.TryAddSingleton<StepWatchdog>();
        services.TryAddSingleton<MachineUse>();
        services.TryAddSingleton<StoreRepair>();
        services.TryAddSingleton<IHealthChecker, HealthChecker>();
        services.TryAddSingleton<Confirmation>();
        return services;
    }

    /// <summary>Where releases come from.</summary>
    private static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.TryAddSingleton<ServerList>();
        services.TryAddSingleton<ServerProbe>();
        services.TryAddSingleton<Connector>();
        services.TryAddSingleton<ReleaseReader>();
        services.TryAddSingleton<TransferDeadline>();
        return services;
    }

    /// <summary>How a release becomes what the machine runs.</summary>
    private static IServiceCollection AddAttempts(this IServiceCollection services)
    {
        services.TryAddSingleton<Age>();
        services.TryAddSingleton<SecretSteps>();
        services.TryAddSingleton<ClosureDownload>();
        services.TryAddSingleton<ClosureRebuild>();
        services.TryAddSingleton<ClosureFetch>();
        services.TryAddSingleton<ClosureInstall>();
        services.TryAddSingleton<FetchSteps>();
        services.TryAddSingleton<BuildSteps>();
        services.TryAddSingleton<SwitchGate>();
        services.TryAddSingleton<SwitchSteps>();
        services.TryAddSingleton<AgentFiles>();
        services.TryAddSingleton<AttemptReports>();
        services.TryAddSingleton<AgentVoice>();
        services.TryAddSingleton<AttemptRunner>();
        services.TryAddSingleton<RebootSteps>();
        services.TryAddSingleton<SelfUpdater>();
        services.TryAddSingleton<HeartbeatSource>();
        return services;
    }

    /// <summary>When the agent looks, and what it says.</summary>
    private static IServiceCollection AddPolling(this IServiceCollection services)
    {
        services.TryAddSingleton<NextAttempt>();
        services.TryAddSingleton<PollReports>();
        services.TryAddSingleton<PollEnd>();
        services.TryAddSingleton<PollStart>();
        services.TryAddSingleton<HostPoll>();
        services.TryAddSingleton<StuckNotice>();
        services.TryAddSingleton<HeartbeatKeeper>();
        services.TryAddSingleton<SinglePoll>();
        services.TryAddSingleton<UnannouncedWork>();
        services.TryAddSingleton<ResidentLoop>();
        services.TryAddSingleton<IAgentControl, AgentControl>();
        services.TryAddSingleton<IAgent, Agent>();
        return services;
    }
}
