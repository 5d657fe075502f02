namespace Bento.Agents;

/// <summary>What an agent does for a release, in the order in which it does it.</summary>
public enum AttemptStep
{
    /// <summary>It fetches the content.</summary>
    Fetching,

    /// <summary>It evaluates and builds the system, or takes it from what was fetched.</summary>
    Building,

    /// <summary>The system is there; it is switched to as soon as the switch could be confirmed.</summary>
    Ready,

    /// <summary>It switches to the system.</summary>
    Activating,

    /// <summary>It finds out whether the host still reaches its server and is well.</summary>
    Confirming,

    /// <summary>It puts the system back that ran before.</summary>
    RollingBack,
}
