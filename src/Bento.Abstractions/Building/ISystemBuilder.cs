using Bento.Hosts;

namespace Bento.Building;

/// <summary>The tool that turns configurations into systems. Nix, unless an embedder brings another.</summary>
/// <remarks>
/// Implementations are safe for concurrent calls. Every call may be repeated: evaluating or building the same again finds the same.
/// A configuration that does not evaluate or build is a result, not an exception; an exception says that the tool itself could not work.
/// </remarks>
public interface ISystemBuilder
{
    /// <summary>Lists the systems that a directory describes, without evaluating them.</summary>
    /// <param name="source">The directory.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>The attributes in ordinal order, or a failure that concerns the whole directory.</returns>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken = default);

    /// <summary>Evaluates systems of one directory, several at once where the machine allows it.</summary>
    /// <param name="source">The directory.</param>
    /// <param name="attributes">Which of its systems; null for all of them.</param>
    /// <param name="settings">How.</param>
    /// <param name="progress">Gets <see cref="FleetEvent.Evaluated"/> for each system as soon as it is known, and
    /// <see cref="FleetEvent.Warned"/>; may be null.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>A result for each attribute, in ordinal order; or, when nothing in the directory can be read, a failure in
    /// <see cref="DirectoryEvaluation.Failure"/>.</returns>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken = default);

    /// <summary>Builds systems, as a rule all in one Nix invocation, going on when one fails.</summary>
    /// <param name="derivations">What to build.</param>
    /// <param name="settings">How.</param>
    /// <param name="progress">Gets <see cref="FleetEvent.BuildAdvanced"/>, <see cref="FleetEvent.BuildLogged"/>,
    /// <see cref="FleetEvent.BuilderStarted"/>, <see cref="FleetEvent.BuilderFailed"/> and
    /// <see cref="FleetEvent.Warned"/>; may be null.</param>
    /// <param name="cancellationToken">Stops Nix; what was built stays.</param>
    /// <returns>A result for each derivation, in the order given.</returns>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken = default);

    /// <summary>Says what <see cref="BuildAsync"/> would do, and does nothing.</summary>
    /// <param name="derivations">What would be built.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>What is missing in the store.</returns>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken = default);

    /// <summary>
    /// Locks the inputs of a flake to what is newest: rewrites <c>flake.lock</c> in the directory, which is a private copy.
    /// </summary>
    /// <param name="source">The directory, of the kind <see cref="Protocol.ConfigurationKind.Flake"/>.</param>
    /// <param name="input">The one input to move; null for all of them.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>Why it failed; null when it did not. A flake without inputs gets no lock file.</returns>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken = default);

    /// <summary>Finds everything that a system needs to run.</summary>
    /// <param name="system">The system.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>The closure; null when the system is not in the store of this machine.</returns>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken = default);
}
