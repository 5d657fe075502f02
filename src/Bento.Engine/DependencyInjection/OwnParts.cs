using Microsoft.Extensions.DependencyInjection;

namespace Bento.DependencyInjection;

/// <summary>What an embedder registered in the place of a part of Bento.</summary>
internal static class OwnParts
{
    /// <summary>The embedder's own part; everybody else gets it through its guard.</summary>
    private const string Key = "Bento.Own";

    /// <summary>Puts a guard around a part that was registered before; where there is none, nothing happens.</summary>
    public static IServiceCollection Guard<T>(this IServiceCollection services, Func<T, T> guard)
        where T : class
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(T) && !service.IsKeyedService) is not { } own
            || own.ImplementationType?.Assembly == typeof(OwnParts).Assembly
            || services.Any(service => service.ServiceType == typeof(T) && Key.Equals(service.ServiceKey)))
        {
            return services;
        }

        _ = services.Remove(own);
        services.Add(own switch
        {
            { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(T), Key, instance),
            { ImplementationFactory: { } factory } =>
                new ServiceDescriptor(typeof(T), Key, (provider, _) => factory(provider), own.Lifetime),
            _ => new ServiceDescriptor(typeof(T), Key, own.ImplementationType!, own.Lifetime),
        });
        services.Add(new ServiceDescriptor(typeof(T), provider => guard(provider.GetRequiredKeyedService<T>(Key)), own.Lifetime));
        return services;
    }
}
