using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>When a host holds a switch or a reboot back by itself: <c>hosts.NAME.holdBack</c> in <c>bento.json</c>.</summary>
public sealed class HoldBackOptions
{
    /// <summary>Whether it waits while somebody is logged in.</summary>
    /// <value>Default: false.</value>
    public bool WhileLoggedIn { get; set; }

    /// <summary>Absolute paths of the files of <see cref="HoldBack.LockFiles"/>.</summary>
    /// <value>Default: none. At most 32.</value>
    public IList<string> LockFiles { get; } = [];

    /// <summary>How long it waits at most.</summary>
    /// <value>Default: one day. From one minute to 31 days.</value>
    public TimeSpan AtMost { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether there is anything that it waits for.</summary>
    internal bool IsSaid => WhileLoggedIn || LockFiles.Count > 0;
}
