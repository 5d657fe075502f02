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
    /// <remarks>
    /// A container disposes whatever a factory gives it. An object that the application made is the application's to dispose: it gets a
    /// guard, which nobody disposes, also where it is a part of Bento that another container made.
    /// </remarks>
    public static IServiceCollection Guard<T>(this IServiceCollection services, Func<T, T> guard)
        where T : class
    {
        services.TryAddKeyedSingleton(GuardedAttribute.Key, (provider, _) =>
        {
            var part = provider.GetRequiredService<T>();
            var isObject = services.Any(service => service is { IsKeyedService: false, ImplementationInstance: { } made } && made == part);
            return part.GetType().Assembly == typeof(OwnParts).Assembly && !isObject ? part : guard(part);
        });
        return services;
    }
}
