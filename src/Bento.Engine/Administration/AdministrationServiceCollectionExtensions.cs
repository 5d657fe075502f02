using Bento.Processes;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Administration;

/// <summary>Adds what sets a fleet up: the accounts of its hosts, and its signing keys.</summary>
internal static class AdministrationServiceCollectionExtensions
{
    /// <summary>Accounts of the machine that holds the areas, which is this one.</summary>
    public static IServiceCollection AddLocalAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<IProcessRunner, CliWrapProcessRunner>();
        services.TryAddSingleton<IHostAccounts, LocalHostAccounts>();
        return services;
    }

    /// <summary>Accounts of a server that is reached over SFTP.</summary>
    public static IServiceCollection AddRemoteAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<IHostAccounts, RemoteHostAccounts>();
        return services;
    }

    /// <summary>Adds <see cref="ISigningKeys"/> by ssh-keygen, unless there are others.</summary>
    public static IServiceCollection AddSigningKeys(this IServiceCollection services)
    {
        services.TryAddSingleton<IProcessRunner, CliWrapProcessRunner>();
        services.TryAddSingleton<SshKeygen>();
        services.TryAddSingleton<ISigningKeys, SshKeygenKeys>();
        return services;
    }
}
