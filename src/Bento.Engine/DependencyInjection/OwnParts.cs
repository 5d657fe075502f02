using Bento.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.DependencyInjection;

/// <summary>What an embedder registered in the place of a part of Bento.</summary>
internal static class OwnParts
{
    /// <summary>
    /// Puts a guard around a part when it is resolved, by when it is known which one is used; what Bento brings itself needs none.
    /// </summary>
    public static IServiceCollection Guard<T>(this IServiceCollection services, Func<T, T> guard)
        where T : class
    {
        services.TryAddKeyedSingleton(GuardedAttribute.Key, (provider, _) =>
        {
            var part = provider.GetRequiredService<T>();
            return part.GetType().Assembly == typeof(OwnParts).Assembly ? part : guard(part);
        });
        return services;
    }
}
