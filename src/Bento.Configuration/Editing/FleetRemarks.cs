using Bento.Hosts;

namespace Bento.Configuration.Editing;

/// <summary>
/// What was read of a fleet and has no effect, such as a line of bash bento's <c>config.sh</c> that only a shell could run.
/// </summary>
/// <param name="remarks">Each with its place.</param>
public sealed class FleetRemarks(IReadOnlyList<FleetProblem> remarks)
{
    /// <summary>Each with its place.</summary>
    public IReadOnlyList<FleetProblem> Remarks { get; } = remarks;
}
