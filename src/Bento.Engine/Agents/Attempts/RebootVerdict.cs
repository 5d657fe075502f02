namespace Bento.Agents.Attempts;

/// <summary>What is to be done about the boot of a machine.</summary>
internal enum RebootVerdict
{
    /// <summary>Nothing: what is booted will do.</summary>
    NotNeeded,

    /// <summary>It should be rebooted, and the release leaves that to people.</summary>
    NotAllowed,

    /// <summary>It should be rebooted, and waits for its window, or until the host is not frozen any more.</summary>
    NotNow,

    /// <summary>It should be rebooted now.</summary>
    Now,

    /// <summary>
    /// It was rebooted, and came up with another system than the one that should have booted: no second try for this release.
    /// </summary>
    BootedOld,
}
