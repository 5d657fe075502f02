using Bento.Hosts;

namespace Bento.Hosting;

/// <summary>What the watcher of an application looks at, and how often.</summary>
public sealed class FleetWatchOptions
{
    /// <summary>Which hosts.</summary>
    /// <value>Default: all of them.</value>
    public HostSelector Hosts { get; set; } = HostSelector.All;

    /// <summary>
    /// The longest time between two looks, and the pause after one that failed. Where changes are noticed they are looked at sooner.
    /// </summary>
    /// <value>Default: 30 seconds. From 1 second to 1 day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);
}
