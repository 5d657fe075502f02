namespace Bento.Publishing;

/// <summary>What a deploy would do for one host.</summary>
public enum PlannedChange
{
    /// <summary>Nothing: its release would not change.</summary>
    None,

    /// <summary>Its first release, or one whose area does not hold what this publisher signed.</summary>
    First,

    /// <summary>The system would be another.</summary>
    System,

    /// <summary>Other files, the same system: the host has only to take note.</summary>
    Files,

    /// <summary>
    /// The same files and the same system under other rules, its policy, its epoch, the keys that sign, or with other secrets.
    /// </summary>
    Policy,

    /// <summary>Its configuration does not evaluate or build, or its area cannot be used: it would keep its release.</summary>
    Failed,
}
