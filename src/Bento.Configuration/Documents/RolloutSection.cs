namespace Bento.Configuration.Documents;

/// <summary>How a deploy reaches the fleet in waves.</summary>
internal sealed class RolloutSection
{
    public List<RolloutWaveSection> Waves { get; set; } = [];

    /// <summary>How many hosts may fail before it stops.</summary>
    public int Budget { get; set; }

    /// <summary>The same as a share of the hosts.</summary>
    public int BudgetPercent { get; set; }

    public double SoakMinutes { get; set; } = 10;

    public double AnswerMinutes { get; set; } = 120;

    public double AbsentMinutes { get; set; }

    /// <summary>Hosts below this release wait for no wave.</summary>
    public string? UrgentBelow { get; set; }
}
