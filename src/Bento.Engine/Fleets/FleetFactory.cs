using Microsoft.Extensions.DependencyInjection;

namespace Bento.Fleets;

/// <summary>All fleets of the application, by name.</summary>
internal sealed class FleetFactory(IServiceProvider services, IEnumerable<FleetEntry> entries) : IFleetFactory
{
    public IReadOnlyList<string> Names { get; } = [.. entries.Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public IFleet Open(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return services.GetKeyedService<NamedFleet>(name)?.Open()
            ?? throw new ArgumentException(
                $"No fleet was added with the name '{name}'. There {(Names.Count == 0 ? "is none" : $"are: {string.Join(", ", Names)}")}.",
                nameof(name));
    }
}
