using Bento.Sftp;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;

namespace Bento.Resilience;

/// <summary>Registers what tries again.</summary>
internal static class ResilienceServiceCollectionExtensions
{
    /// <summary>Makes connecting to the SFTP server try again.</summary>
    public static IServiceCollection AddConnectRetries(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RetryOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetryOptions>, RetryOptionsRules>());
        services.TryAddSingleton<ITransport>(provider => new RetryingTransport(
            provider.GetRequiredService<SftpTransport>(),
            provider.GetKeyedService<ResiliencePipeline>(RetryOptions.PipelineKey) ?? ConnectPipeline.Create(
                provider.GetRequiredService<IOptions<RetryOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<ILogger<RetryingTransport>>() ?? NullLogger<RetryingTransport>.Instance)));
        return services;
    }
}
