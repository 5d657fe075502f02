using Bento;
using Bento.Diagnostics;
using Bento.Fleets;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds several fleets to an application.</summary>
public static class BentoFleetsServiceCollectionExtensions
{
    /// <summary>
    /// Adds a fleet under a name, apart from every other: <see cref="IFleetFactory"/> opens it, and <see cref="IDeployer"/>,
    /// <see cref="IFleetStatus"/>, <see cref="IRollout"/> and <see cref="IDoctor"/> are keyed services with its name.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name, unlike that of any other fleet.</param>
    /// <param name="compose">
    /// Puts it together, as the builder of <c>AddBento</c> does for one fleet. Called when the application starts, and again when the
    /// settings change; the services of its builder are those of this fleet alone.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">There is a fleet with this name.</exception>
    /// <remarks>
    /// <para>
    /// A part of the application's own, such as an <see cref="Bento.Transport.ITransport"/>, is registered in the application as a keyed
    /// service with the name of the fleet. Its <see cref="TimeProvider"/> and its log are those of the application.
    /// </para>
    /// <para>
    /// All settings can change while the application runs: when an <see cref="IOptionsChangeTokenSource{TOptions}"/> of the fleet says so,
    /// it is put together anew and checked. What runs ends with the settings that it began with; what begins later has the new ones; a
    /// status that is followed goes on with them, and one that is watched begins with a snapshot again. Settings that are wrong are logged
    /// and change nothing. Only the names and number of the fleets are those of the start.
    /// </para>
    /// </remarks>
    public static IServiceCollection AddBento(this IServiceCollection services, string name, Action<IBentoBuilder> compose)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(compose);
        if (services.Any(service => service.ImplementationInstance is FleetEntry entry && entry.Name == name))
        {
            throw new ArgumentException($"There is a fleet with the name '{name}' already.", nameof(name));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFleetFactory, FleetFactory>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NamedFleetStart.Options>, NamedFleetStart>());
        _ = services.AddOptionsWithValidateOnStart<NamedFleetStart.Options>(name);
        return services.AddSingleton(new FleetEntry(name))
            .AddKeyedSingleton(name, (application, _) => new NamedFleet(
                name,
                () => Composed(application, name, compose),
                application.GetService<ILogger<NamedFleet>>() ?? NullLogger<NamedFleet>.Instance))
            .AddKeyedSingleton<IDeployer>(name, (application, _) => new NamedDeployer(Of(application, name)))
            .AddKeyedSingleton<IFleetStatus>(name, (application, _) => new NamedStatus(Of(application, name)))
            .AddKeyedSingleton<IRollout>(name, (application, _) => new NamedRollout(Of(application, name)))
            .AddKeyedSingleton<IDoctor>(name, (application, _) => new NamedDoctor(Of(application, name)));
    }

    private static NamedFleet Of(IServiceProvider application, string name) => application.GetRequiredKeyedService<NamedFleet>(name);

    private static ServiceProvider Composed(IServiceProvider application, string name, Action<IBentoBuilder> compose)
    {
        var services = new ServiceCollection();
        services.AddParts(application, name);
        compose(services.AddBento());
        return services.BuildServiceProvider();
    }
}
