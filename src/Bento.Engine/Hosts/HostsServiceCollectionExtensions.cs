using Bento.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bento.Hosts;

/// <summary>Adds what reads the configurations of a fleet.</summary>
internal static class HostsServiceCollectionExtensions
{
    /// <summary>Adds the options of a fleet and what finds its hosts.</summary>
    public static IServiceCollection AddFleet(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BentoOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BentoOptions>, BentoOptionsRules>());
        services.TryAddSingleton<GitTool>();
        services.TryAddSingleton<WorkTreeReader>();
        services.TryAddSingleton<WorkTreeCommit>();
        services.TryAddSingleton<FleetReader>();
        services.TryAddSingleton<FleetRoster>();
        services.TryAddSingleton<FailedBuilds>();
        services.TryAddSingleton<StateDirectories>();
        return services;
    }
}
