namespace Bento.Building;

/// <summary>What became of a package from one system to another.</summary>
public enum PackageChangeKind
{
    /// <summary>Only the new system has it.</summary>
    Added,

    /// <summary>Only the old system has it.</summary>
    Removed,

    /// <summary>Both have it, in other versions.</summary>
    Changed,

    /// <summary>
    /// Both have it in the same versions, and its size differs by <see cref="ClosureDifference.NoticeableBytes"/> or more.
    /// </summary>
    Resized,
}
