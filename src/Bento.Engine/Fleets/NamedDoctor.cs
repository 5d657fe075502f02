using Bento.Diagnostics;

namespace Bento.Fleets;

/// <summary>Looks at a fleet as it is when it is asked.</summary>
internal sealed class NamedDoctor(NamedFleet fleet) : IDoctor
{
    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Doctor.ExamineAsync(cancellationToken));
}
