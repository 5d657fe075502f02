namespace Bento.Diagnostics;

/// <summary>How bad a finding is.</summary>
public enum FindingKind
{
    /// <summary>Nothing works, or something will not, until it is repaired.</summary>
    Problem,

    /// <summary>It works, and will not for ever.</summary>
    Warning,

    /// <summary>It could not be looked at from here.</summary>
    Unknown,
}
