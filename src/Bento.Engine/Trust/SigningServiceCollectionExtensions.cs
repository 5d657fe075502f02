using Bento.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bento.Trust;

/// <summary>Adds what signs releases. Who is believed is a part of what an agent is told.</summary>
internal static class SigningServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IReleaseSigner"/> by ssh-keygen, unless there is another.</summary>
    public static IServiceCollection AddSigning(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SigningOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SigningOptions>, SigningOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IProcessRunner, CliWrapProcessRunner>();
        services.TryAddSingleton<SshKeygen>();
        services.TryAddSingleton<IReleaseSigner, SshKeygenSigner>();
        return services;
    }
}
