using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>For how long a host may hold itself back. Pure.</summary>
internal static class HoldRule
{
    /// <summary>
    /// Whether it may not any more, since it first did. A clock that was set in between ends it too: better early than never.
    /// </summary>
    public static bool IsOver(HoldBack holdBack, DateTimeOffset? since, DateTimeOffset now) =>
        since is { } began && (now - began).Duration() >= holdBack.AtMost;

    /// <summary>Why a host holds itself back, as one sentence.</summary>
    public static string Explain(string what, string user, HoldBack holdBack, DateTimeOffset since) =>
        $"{what} waits: {user}. It goes on all the same after {since + holdBack.AtMost:u}.";
}
