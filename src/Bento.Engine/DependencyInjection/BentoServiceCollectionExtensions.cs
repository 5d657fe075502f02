using Bento;
using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Control;
using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Agents.Polling;
using Bento.Agents.SelfUpdate;
using Bento.Agents.Servers;
using Bento.Building;
using Bento.DependencyInjection;
using Bento.Diagnostics;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Repositories;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Bento to an application.</summary>
public static class BentoServiceCollectionExtensions
{
    /// <summary>
    /// Adds what an operator needs: <see cref="IDeployer"/> and <see cref="IFleetStatus"/>, with Nix as builder, a local directory as
    /// transport and files as status store.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says where the Bento directory is.</param>
    /// <returns>A builder that takes other parts.</returns>
    /// <remarks>
    /// Calling it again changes nothing but the options. A <see cref="ITransport"/>, <see cref="ISystemBuilder"/>, <see
    /// cref="IStatusStore"/>, <see cref="IReleaseSigner"/> or
    /// <see cref="TimeProvider"/> that was registered before is used instead of Bento's own. Areas lie in <c>.bento/areas</c> of the Bento
    /// directory
    /// until <see cref="BentoBuilderExtensions.UseLocalDirectory"/> or <see cref="BentoBuilderExtensions.UseSftp"/> says otherwise.
    /// </remarks>
    public static IBentoBuilder AddBento(this IServiceCollection services, Action<BentoOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (IsFirst<FleetMarker>(services))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.Guard<ISystemBuilder>(own => new GuardedBuilder(own))
                .Guard<IReleaseSigner>(own => new GuardedSigner(own))
                .Guard<IStatusStore>(own => new GuardedStore(own));
            services.AddFleet().AddNixBuilder().AddSigning().AddPublishing().AddFleetStatus().AddDiagnostics().AddLocalDirectory(_ => { });
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<LocalDirectoryOptions>, DefaultAreas>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalDirectoryOptions>, AreasPlaceRules>());
        }

        return Configured(services, configure);
    }

    /// <summary>Adds what a host needs: <see cref="IAgent"/>, with Nix as builder and NixOS as the machine that is switched.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which host it is.</param>
    /// <returns>A builder that takes other parts; it needs a transport.</returns>
    /// <remarks>
    /// Calling it again changes nothing but the options. A <see cref="ITransport"/>, <see cref="ISystemBuilder"/>, <see cref="IActivator"/>
    /// or
    /// <see cref="TimeProvider"/> that was registered before is used instead of Bento's own. Of several transports the first is asked, and
    /// the next
    /// where it cannot be reached or has nothing that the host takes.
    /// </remarks>
    public static IBentoBuilder AddBentoAgent(this IServiceCollection services, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (IsFirst<AgentMarker>(services))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.Guard<ISystemBuilder>(own => new GuardedBuilder(own))
                .Guard<IActivator>(own => own is ISwitchMemory ? own : new GuardedActivator(own));
            services.AddNixBuilder().AddAgent();
        }

        return Configured(services, configure);
    }

    private static BentoBuilder Configured<TOptions>(IServiceCollection services, Action<TOptions>? configure)
        where TOptions : class
    {
        if (configure is not null)
        {
            _ = services.Configure(configure);
        }

        return new BentoBuilder(services);
    }

    /// <summary>Leaves a mark at the first call: options builders of the framework add themselves at every one.</summary>
    private static bool IsFirst<TMarker>(IServiceCollection services)
        where TMarker : class, new()
    {
        var isFirst = services.All(service => service.ServiceType != typeof(TMarker));
        services.TryAddSingleton(new TMarker());
        return isFirst;
    }

    private static IServiceCollection AddFleet(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BentoOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BentoOptions>, BentoOptionsRules>());
        services.TryAddSingleton<GitTool>();
        services.TryAddSingleton<WorkTreeReader>();
        services.TryAddSingleton<WorkTreeCommit>();
        services.TryAddSingleton<FleetReader>();
        services.TryAddSingleton<FleetRoster>();
        services.TryAddSingleton<StateDirectories>();
        return services;
    }

    private static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.TryAddSingleton<IFlakeInputs, FlakeInputs>();
        services.TryAddSingleton<IFleetInventory, NixFleetInventory>();
        services.TryAddSingleton<FleetEvaluator>();
        services.TryAddSingleton<FleetBuilder>();
        services.TryAddSingleton<FleetPlanner>();
        services.TryAddSingleton<PlanDescription>();
        services.TryAddSingleton<ReleaseSeal>();
        services.TryAddSingleton<Age>();
        services.TryAddSingleton<SecretLedger>();
        services.TryAddSingleton<SecretVault>();
        services.TryAddSingleton<ReleaseNumbering>();
        services.TryAddSingleton<ReleaseCommit>();
        services.TryAddSingleton<ReleaseRefresh>();
        services.TryAddSingleton<HostPublisher>();
        services.TryAddSingleton<StagedReleases>();
        services.TryAddSingleton<FleetPublisher>();
        services.TryAddSingleton<IReleaseSigning, ReleaseSigning>();
        services.TryAddSingleton<IDeployer, Deployer>();
        services.TryAddSingleton<IDirectActivation, DirectActivation>();
        return services;
    }

    private static IServiceCollection AddFleetStatus(this IServiceCollection services)
    {
        services.TryAddSingleton<IStatusStore, FileStatusStore>();
        services.TryAddSingleton<FleetHosts>();
        services.TryAddSingleton<FleetSignal>();
        services.TryAddSingleton<ReportIntake>();
        services.TryAddSingleton<IFleetStatus, FleetStatus>();
        services.TryAddSingleton<IHostRegistry, HostRegistry>();
        services.TryAddSingleton<IFleetDifference, FleetDifference>();
        services.TryAddSingleton<IKeyHandover, KeyHandover>();
        services.TryAddSingleton<IFleetHistory, FleetHistory>();
        return services;
    }

    private static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IExamination, ProgramExamination>(),
            ServiceDescriptor.Singleton<IExamination, ConfigurationExamination>(),
            ServiceDescriptor.Singleton<IExamination, KeyExamination>(),
            ServiceDescriptor.Singleton<IExamination, RecordExamination>(),
            ServiceDescriptor.Singleton<IExamination, AreaExamination>(),
            ServiceDescriptor.Singleton<IExamination, LocalAreaExamination>(),
            ServiceDescriptor.Singleton<IExamination, ReleaseExamination>(),
            ServiceDescriptor.Singleton<IExamination, LeftoverExamination>(),
            ServiceDescriptor.Singleton<IExamination, SshdExamination>(),
            ServiceDescriptor.Singleton<IExamination, DiskExamination>(),
        ]);
        services.TryAddSingleton<IDoctor, Doctor>();
        return services;
    }

    private static IServiceCollection AddAgent(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AgentOptions>();
        _ = services.Configure<NixOptions>(options => options.SurvivesPowerCuts = true);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AgentOptions>, AgentOptionsRules>());
        services.TryAddSingleton<IActivator, NixosActivator>();
        services.TryAddSingleton<StepClock>();
        services.TryAddSingleton<StoreGuard>();
        services.TryAddSingleton<IHealthChecker, HealthChecker>();
        services.TryAddSingleton<ServerList>();
        services.TryAddSingleton<ServerContact>();
        services.TryAddSingleton<Confirmation>();
        services.TryAddSingleton<Age>();
        services.TryAddSingleton<TransferDeadline>();
        services.TryAddSingleton<SecretSteps>();
        services.TryAddSingleton<FetchSteps>();
        services.TryAddSingleton<BuildSteps>();
        services.TryAddSingleton<SwitchSteps>();
        services.TryAddSingleton<AgentFiles>();
        services.TryAddSingleton<HeartbeatSource>();
        services.TryAddSingleton<AttemptReports>();
        services.TryAddSingleton<AttemptRunner>();
        services.TryAddSingleton<RebootSteps>();
        services.TryAddSingleton<SelfUpdater>();
        return services.AddPolling();
    }

    private static IServiceCollection AddPolling(this IServiceCollection services)
    {
        services.TryAddSingleton<Connector>();
        services.TryAddSingleton<ReleaseReader>();
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

    private sealed class FleetMarker;

    private sealed class AgentMarker;
}
