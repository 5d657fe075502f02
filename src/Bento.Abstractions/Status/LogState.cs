namespace Bento.Status;

/// <summary>What became of the log of an attempt.</summary>
public enum LogState
{
    /// <summary>The host has sent none, or not yet.</summary>
    Missing,

    /// <summary>The status store has a copy.</summary>
    Kept,

    /// <summary>What the host sent is not a log: no gzip, or too long.</summary>
    Unreadable,
}
