namespace Bento.Hosts;

/// <summary>One wave.</summary>
public sealed class RolloutWaveOptions
{
    /// <summary>Which hosts it takes of those that no wave before it has: <c>5</c>, <c>10%</c> or a selector (<c>@canary</c>).</summary>
    /// <value>Required.</value>
    public string Hosts { get; set; } = string.Empty;

    /// <summary>Whether somebody must approve the wave when the one before it has gone well.</summary>
    /// <value>Default: false.</value>
    public bool NeedsApproval { get; set; }
}
