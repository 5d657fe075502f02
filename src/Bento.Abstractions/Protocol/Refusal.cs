namespace Bento.Protocol;

/// <summary>Why an agent does not take a release.</summary>
public enum Refusal
{
    /// <summary>The file is not a release: too long, not the format, not the schema.</summary>
    Malformed,

    /// <summary>Not enough trusted keys signed it.</summary>
    Untrusted,

    /// <summary>It is for another fleet.</summary>
    WrongFleet,

    /// <summary>It is for another host.</summary>
    WrongHost,

    /// <summary>It comes before a release that the host has already accepted.</summary>
    Rollback,

    /// <summary>It has the number of a release that the host has already accepted, and is another one.</summary>
    Fork,

    /// <summary>Its number is too far ahead to be the next one.</summary>
    Jump,

    /// <summary>It has expired.</summary>
    Stale,

    /// <summary>It needs a newer agent.</summary>
    NeedsNewerAgent,

    /// <summary>It begins an epoch that the host was not told of.</summary>
    WrongEpoch,
}
