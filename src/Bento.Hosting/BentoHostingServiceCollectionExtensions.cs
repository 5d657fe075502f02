using Bento;
using Bento.Agents;
using Bento.Hosting;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
    /// <remarks>
    /// Calling it again changes nothing but the options. Options that change while the application runs hold from the next look on.
    /// </remarks>
    public static IServiceCollection AddBentoWatcher(this IServiceCollection services, Action<FleetWatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(FleetWatcher) || service.IsKeyedService))
        {
            services.TryAddSingleton(provider => WatcherOf(
                provider, provider.GetRequiredService<IFleetStatus>(), Options.Options.DefaultName));
            services.TryAddSingleton<IFleetWatcher>(provider => provider.GetRequiredService<FleetWatcher>());
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<FleetWatcher>());
            _ = services.AddWatchOptions(Options.Options.DefaultName);
        }

        return configure is null ? services : services.Configure(configure);
    }

    /// <summary>
    /// Adds the <see cref="IFleetWatcher"/> of one of several fleets, a keyed service with its name. Its options are those with this name.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="fleet">The name that the fleet was added with, by <c>AddBento</c>, before or after.</param>
    /// <param name="configure">Says which hosts, and how often.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Calling it again for the same fleet changes nothing but the options.</remarks>
    public static IServiceCollection AddBentoWatcher(
        this IServiceCollection services, string fleet, Action<FleetWatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(fleet);
        if (services.All(service => service.ServiceType != typeof(FleetWatcher) || !fleet.Equals(service.ServiceKey)))
        {
            services.AddKeyedSingleton(fleet, (provider, _) => WatcherOf(
                provider, provider.GetRequiredKeyedService<IFleetStatus>(fleet), fleet));
            services.AddKeyedSingleton<IFleetWatcher>(fleet, (provider, _) => provider.GetRequiredKeyedService<FleetWatcher>(fleet));
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<FleetWatcher>(fleet));
            _ = services.AddWatchOptions(fleet);
        }

        return configure is null ? services : services.Configure(fleet, configure);
    }

    /// <summary>
    /// Adds health checks that ask the watcher and never a server: <see cref="ServerCheck"/>, unhealthy while the fleet cannot be looked
    /// at, and <see cref="HostsCheck"/>, degraded while a host needs attention. Adds the watcher where there is none.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="tags">What the checks are filtered by, such as <c>ready</c>; null for none.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Calling it again changes nothing. The first look need not have ended for an application to start: until then
    /// <see cref="ServerCheck"/> is degraded.</remarks>
    public static IServiceCollection AddBentoHealthChecks(this IServiceCollection services, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddBentoWatcher().AddChecks(
            string.Empty, provider => provider.GetRequiredService<IFleetWatcher>(), Options.Options.DefaultName, tags);
    }

    /// <summary>
    /// Adds the health checks of one of several fleets: their names end in its name, such as <c>bento-server-office</c>. Adds its watcher
    /// where there is none.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="fleet">The name that the fleet was added with.</param>
    /// <param name="tags">What the checks are filtered by, such as <c>ready</c>; null for none.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Calling it again for the same fleet changes nothing.</remarks>
    public static IServiceCollection AddBentoHealthChecks(
        this IServiceCollection services, string fleet, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddBentoWatcher(fleet).AddChecks(
            $"-{fleet}", provider => provider.GetRequiredKeyedService<IFleetWatcher>(fleet), fleet, tags);
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

    private static FleetWatcher WatcherOf(IServiceProvider provider, IFleetStatus status, string name) => new(
        status,
        provider.GetRequiredService<IOptionsMonitor<FleetWatchOptions>>(),
        name,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetService<ILoggerFactory>());

    private static OptionsBuilder<FleetWatchOptions> AddWatchOptions(this IServiceCollection services, string name)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetWatchOptions>, FleetWatchOptionsRules>());
        return services.AddOptionsWithValidateOnStart<FleetWatchOptions>(name);
    }

    private static IServiceCollection AddChecks(
        this IServiceCollection services,
        string suffix,
        Func<IServiceProvider, IFleetWatcher> watcher,
        string options,
        IEnumerable<string>? tags)
    {
        var mark = new CheckedFleet(options);
        if (services.Any(service => mark.Equals(service.IsKeyedService ? null : service.ImplementationInstance)))
        {
            return services;
        }

        _ = services.AddSingleton(mark).AddHealthChecks()
            .Add(new HealthCheckRegistration(
                ServerCheck + suffix,
                provider => new ServerHealthCheck(
                    watcher(provider),
                    () => provider.GetRequiredService<IOptionsMonitor<FleetWatchOptions>>().Get(options).Interval,
                    provider.GetRequiredService<TimeProvider>()),
                HealthStatus.Unhealthy,
                tags))
            .Add(new HealthCheckRegistration(
                HostsCheck + suffix, provider => new HostsHealthCheck(watcher(provider)), HealthStatus.Degraded, tags));
        return services;
    }

    /// <summary>That the checks of a fleet are there.</summary>
    private sealed record CheckedFleet(string Name);
}
