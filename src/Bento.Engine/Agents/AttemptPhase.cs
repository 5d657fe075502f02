namespace Bento.Agents;

/// <summary>Where an attempt is. Each phase is on disk before what it is named for begins.</summary>
internal enum AttemptPhase
{
    /// <summary>The content is being fetched, or was not yet found whole.</summary>
    Fetching,

    /// <summary>The system is being evaluated and built.</summary>
    Building,

    /// <summary>The profile is being set and the system switched to.</summary>
    Activating,

    /// <summary>The attempt has ended; its result is in the spool.</summary>
    Finished,
}
