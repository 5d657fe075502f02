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
        services.TryAddSingleton<ITransport>(provider =>
            Retrying(provider, provider.GetRequiredService<SftpTransport>(), provider.GetRequiredService<IOptions<SftpOptions>>().Value));
        return services;
    }

    /// <summary>Adds another SFTP server, with options of its own.</summary>
    public static IServiceCollection AddAlternative(this IServiceCollection services, string name, Action<SftpOptions> configure)
    {
        services.AddOptionsWithValidateOnStart<SftpOptions>(name).Configure(configure);
        services.AddSingleton<ITransport>(provider =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<SftpOptions>>().Get(name);
            return Retrying(provider, new SftpTransport(
                Options.Create(options),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<ILogger<SftpTransport>>()), options);
        });
        return services;
    }

    private static ITransport Retrying(IServiceProvider provider, SftpTransport server, SftpOptions options)
    {
        var clock = provider.GetRequiredService<TimeProvider>();
        var retrying = new RetryingTransport(
            server, provider.GetKeyedService<ResiliencePipeline>(RetryOptions.PipelineKey) ?? ConnectPipeline.Create(
                provider.GetRequiredService<IOptions<RetryOptions>>().Value,
                clock,
                provider.GetService<ILogger<RetryingTransport>>() ?? NullLogger<RetryingTransport>.Instance));
        return provider.GetService<IProgress<ConnectionWait>>() is { } observer
            ? new AnnouncingTransport(retrying, $"{options.Host}:{options.Port}", observer, clock)
            : retrying;
    }
}
