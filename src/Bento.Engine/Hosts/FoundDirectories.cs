namespace Bento.Hosts;

/// <summary>The configuration directories of a fleet.</summary>
/// <param name="Directories">What describes hosts.</param>
/// <param name="Problems">What should and cannot.</param>
internal sealed record FoundDirectories(IReadOnlyList<ConfigurationDirectory> Directories, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>Directories below <c>hosts/</c> that describe no host.</summary>
    public IReadOnlyList<FleetProblem> Others { get; init; } = [];
}
