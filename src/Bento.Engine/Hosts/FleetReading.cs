namespace Bento.Hosts;

/// <summary>What was found in a Bento directory.</summary>
/// <param name="Directories">The directories that can be shipped.</param>
/// <param name="Problems">What keeps others from it.</param>
internal sealed record FleetReading(IReadOnlyList<ScannedDirectory> Directories, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>What is odd and keeps nothing from anything.</summary>
    public IReadOnlyList<FleetProblem> Remarks { get; init; } = [];
}
