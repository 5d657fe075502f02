using Bento.Building;

namespace Bento.Agents;

/// <summary>How an attempt ended, before it is a report.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why, as one sentence.</param>
internal sealed record AttemptEnd(Outcome Outcome, string Reason)
{
    /// <summary>Whether the reason may pass by itself.</summary>
    public bool IsTransient { get; init; }

    public StorePath? Built { get; init; }

    public IReadOnlyList<string> FailedUnits { get; init; } = [];
}
