using Bento.Hosts;

namespace Bento.Building;

/// <summary>Finds out which hosts a Bento directory describes, without evaluating any of them.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IFleetInventory
{
    /// <summary>Looks through the directory. Nix lists the hosts of each flake.</summary>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>The hosts, and what kept others from being found.</returns>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, or describes nothing.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<FleetInventory> ReadAsync(CancellationToken cancellationToken = default);
}
