namespace Bento.Agents;

/// <summary>What the exit code of <c>switch-to-configuration</c> means (nixpkgs, switch-to-configuration-ng).</summary>
public enum ActivationVerdict
{
    /// <summary>0: done.</summary>
    Done,

    /// <summary>4: the system is active, and a unit failed to start, restart or reload.</summary>
    Degraded,

    /// <summary>100: the init interface changed; nothing was activated, the next boot does it.</summary>
    RebootNeeded,

    /// <summary>Anything else: it failed.</summary>
    Failed,
}
