namespace Bento.Fleets;

/// <summary>Opens the fleets of an application that keeps several, each under the name that it was added with.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IFleetFactory
{
    /// <summary>The names, in ordinal order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Opens a fleet with the settings that hold now. Costs nothing but the first time, and connects to no server.</summary>
    /// <param name="name">The name that it was added with.</param>
    /// <returns>The fleet; whoever opens it disposes it.</returns>
    /// <exception cref="ArgumentException">No fleet was added with this name.</exception>
    /// <exception cref="Hosts.InvalidFleetException">Its settings are wrong.</exception>
    IFleet Open(string name);
}
