namespace Bento.Agents;

/// <summary>What one run of the agent came to.</summary>
public enum AgentConclusion
{
    /// <summary>There is nothing new.</summary>
    UpToDate,

    /// <summary>The server has no release for this host.</summary>
    NoRelease,

    /// <summary>A release was tried; <see cref="AgentResult.Outcome"/> says how that ended.</summary>
    Attempted,

    /// <summary>The release was refused; <see cref="AgentResult.Refusal"/> says why.</summary>
    Refused,

    /// <summary>The server could not be used; nothing was changed.</summary>
    Unreachable,

    /// <summary>Another agent works on this host.</summary>
    Busy,

    /// <summary>There is something to do, and it has to wait, for the reason given.</summary>
    Waiting,
}
