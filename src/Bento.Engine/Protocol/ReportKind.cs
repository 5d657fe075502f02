namespace Bento.Protocol;

/// <summary>What a report says.</summary>
internal enum ReportKind
{
    /// <summary>That an attempt begins.</summary>
    Start,

    /// <summary>How an attempt ended.</summary>
    Result,

    /// <summary>What Nix and the switch printed.</summary>
    Log,
}
