namespace Bento.Hosts;

/// <summary>How a deploy reaches the fleet in waves: <c>rollout</c> of <c>bento.json</c> as an object.</summary>
public sealed class RolloutOptions
{
    /// <summary>The waves, in order. What none of them takes is a last wave.</summary>
    /// <value>Default: none, which is one host, then a tenth of them, then all others.</value>
    public IList<RolloutWaveOptions> Waves { get; } = [];

    /// <summary>How many hosts may fail, or not answer in their time, before the rollout stops.</summary>
    /// <value>Default: 0: the first one stops it. Not negative.</value>
    public int Budget { get; set; }

    /// <summary>
    /// The same as a share of the hosts that get something, in percent, rounded down; where both are said, the larger number counts.
    /// </summary>
    /// <value>Default: 0. Up to 100.</value>
    public int BudgetPercent { get; set; }

    /// <summary>How long a wave runs on all of its hosts before the next one is published.</summary>
    /// <value>Default: 10 minutes. Up to 30 days.</value>
    public TimeSpan Soak { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a host that is there may take to run its release, before it counts as failed.</summary>
    /// <value>Default: 2 hours. From one minute to 30 days.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// How long a wave waits for a host that was away or paused when its release was published. It never counts as failed for that.
    /// </summary>
    /// <value>Default: 0: it is not waited for. Up to 30 days.</value>
    public TimeSpan AbsentTimeout { get; set; }

    /// <summary>
    /// Hosts whose newest success is older than this release, as <c>7</c> or with the epoch <c>2.7</c>, wait for no wave; nor do hosts that
    /// never reported.
    /// </summary>
    /// <value>Default: null: only those that never reported.</value>
    public string? UrgentBelow { get; set; }
}
