using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bento.Transport;

/// <summary>Adds the transport of a directory on this machine.</summary>
internal static class LocalDirectoryServiceCollectionExtensions
{
    public static IServiceCollection AddLocalDirectory(this IServiceCollection services, Action<LocalDirectoryOptions> configure)
    {
        services.AddOptionsWithValidateOnStart<LocalDirectoryOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LocalDirectoryOptions>, LocalDirectoryOptionsRules>());
        services.TryAddSingleton<ITransport, LocalDirectoryTransport>();
        return services;
    }
}
