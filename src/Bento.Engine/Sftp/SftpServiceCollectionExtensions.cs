using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bento.Sftp;

/// <summary>Adds the transport over SFTP.</summary>
internal static class SftpServiceCollectionExtensions
{
    public static IServiceCollection AddSftp(this IServiceCollection services, Action<SftpOptions> configure)
    {
        services.AddOptionsWithValidateOnStart<SftpOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SftpOptions>, SftpOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SftpTransport>();
        return services;
    }
}
