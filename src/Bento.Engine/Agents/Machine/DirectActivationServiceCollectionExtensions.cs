using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Agents.Machine;

/// <summary>Adds what switches a machine without a release.</summary>
internal static class DirectActivationServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IDirectActivation"/>.</summary>
    public static IServiceCollection AddDirectActivation(this IServiceCollection services)
    {
        services.TryAddSingleton<IDirectActivation, DirectActivation>();
        return services;
    }
}
