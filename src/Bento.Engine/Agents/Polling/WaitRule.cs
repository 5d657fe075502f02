using Bento.Protocol;

namespace Bento.Agents.Polling;

/// <summary>Why an agent begins nothing: somebody paused it on the host, or the operator froze the host. Pure.</summary>
internal static class WaitRule
{
    /// <returns>Why, as half a sentence; null when it may.</returns>
    public static string? Find(AgentPause? pause, HostFreeze? freeze, DateTimeOffset now) => (pause, freeze) switch
    {
        ({ } paused, _) =>
            $"the agent is paused since {paused.Since:u}{(paused.Reason is null ? string.Empty : $" ({paused.Reason})")}.",
        (_, { } frozen) when frozen.Holds(now) =>
            $"the operator froze this host{(frozen.Until is { } until ? $" until {until:u}" : string.Empty)} ({frozen.Reason}).",
        _ => null,
    };
}
