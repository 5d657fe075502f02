using Bento.Publishing.Closures;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Publishing;

/// <summary>Adds what plans, signs and publishes releases.</summary>
internal static class PublishingServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IDeployer"/>, <see cref="IHostFreezer"/> and <see cref="IReleaseSigning"/>.</summary>
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.TryAddSingleton<ReleaseComparison>();
        services.TryAddSingleton<FleetPlanner>();
        services.TryAddSingleton<PlanDescription>();
        services.TryAddSingleton<ReleaseSealer>();
        services.TryAddSingleton<Age>();
        services.TryAddSingleton<SecretLedger>();
        services.TryAddSingleton<SecretVault>();
        services.TryAddSingleton<ReleaseNumbering>();
        services.TryAddSingleton<ReleaseCommit>();
        services.TryAddSingleton<ReleaseRefresh>();
        services.TryAddSingleton<HostPublisher>();
        services.TryAddSingleton<StagedReleases>();
        services.TryAddSingleton<PinnedReleases>();
        services.TryAddSingleton<PinnedPublisher>();
        services.TryAddSingleton<ClosureDirectory>();
        services.TryAddSingleton<ManifestShelf>();
        services.TryAddSingleton<BundleWriter>();
        services.TryAddSingleton<PatchMaking>();
        services.TryAddSingleton<ClosurePacking>();
        services.TryAddSingleton<ClosureForecast>();
        services.TryAddSingleton<ClosurePlacement>();
        services.TryAddSingleton<ClosureRetention>();
        services.TryAddSingleton<FleetPublisher>();
        services.TryAddSingleton<IReleaseSigning, OfflineSigning>();
        services.TryAddSingleton<Deployer>();
        services.TryAddSingleton<MeasuredDeployer>();
        services.TryAddSingleton<IDeployer>(provider => provider.GetRequiredService<MeasuredDeployer>());
        services.TryAddSingleton<IHostFreezer>(provider => provider.GetRequiredService<MeasuredDeployer>());
        return services;
    }
}
