namespace Bento.Agents.Journal;

/// <summary>Where an attempt is. Each phase is on disk before what it is named for begins.</summary>
internal enum AttemptPhase
{
    /// <summary>The content is being fetched, or was not yet found whole.</summary>
    Fetching,

    /// <summary>The system is being evaluated and built.</summary>
    Building,

    /// <summary>The system is there; it is switched to as soon as the switch could be confirmed.</summary>
    Ready,

    /// <summary>The profile is being set and the system switched to.</summary>
    Activating,

    /// <summary>The host proves that it is still alive.</summary>
    Confirming,

    /// <summary>The system that ran before is being put back.</summary>
    RollingBack,

    /// <summary>The attempt has ended.</summary>
    Finished,
}
