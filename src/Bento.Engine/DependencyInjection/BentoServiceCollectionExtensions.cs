using Bento;
using Bento.Administration;
using Bento.Agents;
using Bento.Agents.Control;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Building.Composition;
using Bento.Building.Fleet;
using Bento.DependencyInjection;
using Bento.Diagnostics;
using Bento.Hosts;
using Bento.Notifications;
using Bento.Publishing;
using Bento.Rollouts;
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
    /// Calling it again changes nothing but the options. A <see cref="ITransport"/>, <see cref="ISystemBuilder"/>,
    /// <see cref="IStatusStore"/>, <see cref="IReleaseSigner"/> or <see cref="TimeProvider"/> that was registered, before or after, is used
    /// instead of Bento's own. Areas lie in <c>.bento/areas</c> of the Bento directory until
    /// <see cref="BentoBuilderExtensions.UseLocalDirectory"/> or <see cref="BentoBuilderExtensions.UseSftp"/> says otherwise.
    /// </remarks>
    public static IBentoBuilder AddBento(this IServiceCollection services, Action<BentoOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (IsFirst<FleetMarker>(services))
        {
            services.TryAddSingleton(TimeProvider.System);
            services
                .Guard<ISystemBuilder>(own => new GuardedBuilder(own))
                .Guard<IReleaseSigner>(own => new GuardedSigner(own))
                .Guard<IStatusStore>(own => new GuardedStore(own))
                .Guard<ITransport>(own => new GuardedTransport(own))
                .AddFleet()
                .AddNixBuilder()
                .AddFleetBuilding()
                .AddSigning()
                .AddSigningKeys()
                .AddPublishing()
                .AddLocalDirectory(_ => { })
                .AddLocalAccounts()
                .AddFleetStatus()
                .AddRollouts()
                .AddNotifications()
                .AddDiagnostics()
                .AddDirectActivation();
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
    /// or <see cref="TimeProvider"/> that was registered, before or after, is used instead of Bento's own. Of several transports the first
    /// is asked, and the next where it cannot be reached or has nothing that the host takes.
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

    private sealed class FleetMarker;

    private sealed class AgentMarker;
}
