using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Configuration.Composition;

/// <summary>Whose status store it is.</summary>
internal static class StatusStores
{
    /// <summary>Whether the application has a store of its own, which no setting may take away.</summary>
    public static bool IsChosen(IServiceCollection services) => services.Any(
        service => !service.IsKeyedService && service.ServiceType == typeof(IStatusStore)
            && service.ImplementationType?.Assembly != typeof(BentoOptions).Assembly);
}
