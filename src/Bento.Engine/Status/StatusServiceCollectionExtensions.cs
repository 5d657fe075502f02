using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Status;

/// <summary>Adds what tells how the hosts of a fleet stand.</summary>
internal static class StatusServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IFleetStatus"/> and its kin, with files as status store unless there is another.</summary>
    public static IServiceCollection AddFleetStatus(this IServiceCollection services)
    {
        services.TryAddSingleton<IStatusStore, FileStatusStore>();
        services.TryAddSingleton<FleetHosts>();
        services.TryAddSingleton<FleetSignal>();
        services.TryAddSingleton<ReportIntake>();
        services.TryAddSingleton<FleetLook>();
        services.TryAddSingleton<FleetWatch>();
        services.TryAddSingleton<IFleetStatus, FleetStatus>();
        services.TryAddSingleton<IHostRegistry, HostRegistry>();
        services.TryAddSingleton<IFleetDifference, FleetDifference>();
        services.TryAddSingleton<IKeyHandover, KeyHandover>();
        services.TryAddSingleton<IFleetHistory, FleetHistory>();
        return services;
    }
}
