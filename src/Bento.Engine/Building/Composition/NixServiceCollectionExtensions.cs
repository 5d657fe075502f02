using Bento.Building.Closures;
using Bento.Building.Evaluation;
using Bento.Building.Fleet;
using Bento.Building.Locks;
using Bento.Building.Programs;
using Bento.Building.Realisation;
using Bento.Building.Store;
using Bento.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Bento.Building.Composition;

/// <summary>Registers what builds systems by Nix.</summary>
internal static class NixServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISystemBuilder"/> by Nix, unless there is one already.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddNixBuilder(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<NixOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NixOptions>, NixOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IProcessRunner, CliWrapProcessRunner>();
        services.TryAddSingleton<NixTool>();
        services.TryAddSingleton<StoreQueries>();
        services.TryAddSingleton<SystemRoots>();
        services.TryAddSingleton<DerivationRoots>();
        services.TryAddSingleton<EvaluationSlots>();
        services.TryAddSingleton<SystemEvaluator>();
        services.TryAddSingleton<SystemRealiser>();
        services.TryAddSingleton<SystemForecast>();
        services.TryAddSingleton<ClosureReader>();
        services.TryAddSingleton<StoreCheck>();
        services.TryAddSingleton<NvdComparison>();
        services.TryAddSingleton<IClosureExport, NixClosureExport>();
        services.TryAddSingleton<IClosureImport, NixClosureImport>();
        services.TryAddSingleton<IPatchTool, Zstd>();
        services.TryAddSingleton<ISystemBuilder, NixSystemBuilder>();
        return services;
    }

    /// <summary>Adds what evaluates and builds whole fleets with the builder that there is.</summary>
    public static IServiceCollection AddFleetBuilding(this IServiceCollection services)
    {
        services.TryAddSingleton<IFlakeInputs, FlakeInputs>();
        services.TryAddSingleton<IFleetInventory, NixFleetInventory>();
        services.TryAddSingleton<FleetEvaluator>();
        services.TryAddSingleton<FleetBuilder>();
        return services;
    }
}
