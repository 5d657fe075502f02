using Bento;
using Bento.Agents;
using Bento.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what an application runs of Bento while it runs itself.</summary>
public static class BentoHostingServiceCollectionExtensions
{
    /// <summary>The health check that fails while the fleet cannot be looked at.</summary>
    public const string ServerCheck = "bento-server";

    /// <summary>The health check that is degraded while a host needs attention.</summary>
    public const string HostsCheck = "bento-hosts";

    /// <summary>The health check of an agent that is a service of the application.</summary>
    public const string AgentCheck = "bento-agent";

    /// <summary>
    /// Adds <see cref="IFleetWatcher"/>, a service that knows at any time how the fleet stands. Needs <c>AddBento</c>, before or after.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which hosts, and how often.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Calling it again changes nothing but the options.</remarks>
    public static IServiceCollection AddBentoWatcher(this IServiceCollection services, Action<FleetWatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(FleetWatcher)))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<FleetWatcher>();
            services.TryAddSingleton<IFleetWatcher>(provider => provider.GetRequiredService<FleetWatcher>());
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<FleetWatcher>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetWatchOptions>, FleetWatchOptionsRules>());
            services.AddOptionsWithValidateOnStart<FleetWatchOptions>();
        }

        return configure is null ? services : services.Configure(configure);
    }

    /// <summary>
    /// Adds health checks that ask the watcher and never a server: <see cref="ServerCheck"/>, unhealthy while the fleet cannot be looked
    /// at, and <see cref="HostsCheck"/>, degraded while a host needs attention. Adds the watcher where there is none.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="tags">What the checks are filtered by, such as <c>ready</c>.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Calling it again changes nothing. The first look need not have ended for an application to start: until then
    /// <see cref="ServerCheck"/> is degraded.</remarks>
    public static IServiceCollection AddBentoHealthChecks(this IServiceCollection services, params IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(tags);
        _ = services.AddBentoWatcher();
        if (services.All(service => service.ServiceType != typeof(ServerHealthCheck)))
        {
            var checks = services.AddSingleton<ServerHealthCheck>().AddSingleton<HostsHealthCheck>().AddHealthChecks();
            _ = checks.Add(new HealthCheckRegistration(
                ServerCheck, provider => provider.GetRequiredService<ServerHealthCheck>(), HealthStatus.Unhealthy, tags));
            _ = checks.Add(new HealthCheckRegistration(
                HostsCheck, provider => provider.GetRequiredService<HostsHealthCheck>(), HealthStatus.Degraded, tags));
        }

        return services;
    }

    /// <summary>
    /// Adds the agent of a host as a service of the application, and the health check <see cref="AgentCheck"/>. Whatever keeps the agent
    /// from working is logged and tried again every minute; it does not stop the application.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which host it is.</param>
    /// <returns>A builder that takes other parts; it needs a transport.</returns>
    /// <remarks>
    /// Calling it again changes nothing but the options. An <see cref="IProgress{T}"/> of <see cref="AgentEvent"/> that is registered gets
    /// what happens. A switch that runs when the application stops is not stopped: the next start goes on with it.
    /// </remarks>
    public static IBentoBuilder AddBentoAgentService(this IServiceCollection services, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = services.AddBentoAgent(configure);
        if (services.All(service => service.ServiceType != typeof(AgentService)))
        {
            services.TryAddSingleton<AgentService>();
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<AgentService>());
            _ = services.AddSingleton<AgentHealthCheck>().AddHealthChecks().Add(new HealthCheckRegistration(
                AgentCheck, provider => provider.GetRequiredService<AgentHealthCheck>(), HealthStatus.Unhealthy, []));
        }

        return builder;
    }
}
