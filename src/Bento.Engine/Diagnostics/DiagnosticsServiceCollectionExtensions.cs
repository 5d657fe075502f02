using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Diagnostics;

/// <summary>Adds what examines a fleet.</summary>
internal static class DiagnosticsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IDoctor"/> and all that it looks at.</summary>
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IExamination, ProgramExamination>(),
            ServiceDescriptor.Singleton<IExamination, ConfigurationExamination>(),
            ServiceDescriptor.Singleton<IExamination, KeyExamination>(),
            ServiceDescriptor.Singleton<IExamination, RecordExamination>(),
            ServiceDescriptor.Singleton<IExamination, AgentExamination>(),
            ServiceDescriptor.Singleton<IExamination, AreaExamination>(),
            ServiceDescriptor.Singleton<IExamination, LocalAreaExamination>(),
            ServiceDescriptor.Singleton<IExamination, ReleaseExamination>(),
            ServiceDescriptor.Singleton<IExamination, LeftoverExamination>(),
            ServiceDescriptor.Singleton<IExamination, RolloutExamination>(),
            ServiceDescriptor.Singleton<IExamination, SshdExamination>(),
            ServiceDescriptor.Singleton<IExamination, DiskExamination>(),
        ]);
        services.TryAddSingleton<IDoctor, Doctor>();
        return services;
    }
}
