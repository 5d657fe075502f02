using Bento.Building;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bento.Fleets;

/// <summary>
/// What a fleet among several takes from the application: its clock, its log, and the parts that are keyed with its name.
/// </summary>
internal static class FleetParts
{
    /// <param name="services">What the fleet is put together in.</param>
    /// <param name="application">The container of the application, which disposes what it made.</param>
    /// <param name="name">The name of the fleet.</param>
    public static IServiceCollection AddParts(this IServiceCollection services, IServiceProvider application, string name) =>
        services.AddLog(application)
            .AddSingleton(application.GetKeyedService<TimeProvider>(name) ?? application.GetRequiredService<TimeProvider>())
            .AddPart<ITransport>(application, name)
            .AddPart<ISystemBuilder>(application, name)
            .AddPart<IStatusStore>(application, name)
            .AddPart<IReleaseSigner>(application, name)
            .AddPart<IProgress<ConnectionWait>>(application, name);

    private static IServiceCollection AddLog(this IServiceCollection services, IServiceProvider application) =>
        application.GetService<ILoggerFactory>() is { } log
            ? services.AddSingleton(log).AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            : services;

    private static IServiceCollection AddPart<T>(this IServiceCollection services, IServiceProvider application, string name)
        where T : class => application.GetKeyedService<T>(name) is { } part ? services.AddSingleton(part) : services;
}
