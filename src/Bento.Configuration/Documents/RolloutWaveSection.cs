namespace Bento.Configuration.Documents;

/// <summary>One wave.</summary>
internal sealed class RolloutWaveSection
{
    /// <summary>Which hosts it takes: 5, 10% or a selector.</summary>
    public string Hosts { get; set; } = string.Empty;

    public bool NeedsApproval { get; set; }
}
