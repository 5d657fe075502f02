using Bento.Hosts;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Configuration.Composition;

/// <summary>Whose transport it is.</summary>
internal static class Transports
{
    /// <summary>Whether the application has a transport of its own, which no setting may take away.</summary>
    public static bool IsChosen(IServiceCollection services) => services.Any(
        service => !service.IsKeyedService && service.ServiceType == typeof(ITransport)
            && service.ImplementationType?.Assembly != typeof(BentoOptions).Assembly);
}
