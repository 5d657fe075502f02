using Bento.Hosts;

namespace Bento.Building;

/// <summary>Moves the inputs of the fleet's flakes to what is newest: the lock files in the Bento directory.</summary>
/// <remarks>Thread-safe. A lock file is replaced whole or not at all.</remarks>
public interface IFlakeInputs
{
    /// <summary>Updates every flake of the Bento directory, several at once.</summary>
    /// <param name="input">The one input to update; null for all of them.</param>
    /// <param name="progress">Gets <see cref="FleetEvent.Evaluating"/> for each directory; may be null.</param>
    /// <param name="cancellationToken">Stops; lock files that were written stay.</param>
    /// <returns>An entry for each flake that has the input, in ordinal order. One that fails is a result.</returns>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, it has no flake, or none has the input.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<IReadOnlyList<DirectoryInputs>> UpdateAsync(
        string? input = null, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);
}
