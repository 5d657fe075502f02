namespace Bento.Rollouts;

/// <summary>A wave as an operator describes it. Each takes of the hosts that no wave before it has.</summary>
/// <param name="Size">Which hosts it takes.</param>
/// <remarks>Immutable.</remarks>
public sealed record RolloutWave(WaveSize Size)
{
    /// <summary>Whether somebody must approve the wave when the one before it has gone well.</summary>
    /// <value>Default: false.</value>
    public bool NeedsApproval { get; init; }
}
