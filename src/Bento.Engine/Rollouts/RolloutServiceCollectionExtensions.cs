using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Rollouts;

/// <summary>Adds what publishes in waves.</summary>
internal static class RolloutServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IRollout"/>.</summary>
    public static IServiceCollection AddRollouts(this IServiceCollection services)
    {
        services.TryAddSingleton<RolloutFiles>();
        services.TryAddSingleton<RolloutPlanning>();
        services.TryAddSingleton<RolloutAdvance>();
        services.TryAddSingleton<RolloutStarter>();
        services.TryAddSingleton<IRollout, Rollout>();
        return services;
    }
}
