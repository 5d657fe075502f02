using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Polling;

/// <summary>What a resident agent remembers between two polls. None of it is missed after a restart: it only spares work.</summary>
internal sealed class PollMemory : IAsyncDisposable
{
    private ITransportSession? _session;
    private AgentResult? _said;

    /// <summary>The area of the host over the connection that stays; null without one.</summary>
    public IArea? Area { get; private set; }

    public ReleaseWatch Watch { get; set; } = ReleaseWatch.Blind;

    /// <summary>When the server last got everything; null when it lacks something.</summary>
    public TimeSpan? ToldAt { get; private set; }

    /// <summary>When it was last tried to give the server everything; null before the first time over this connection.</summary>
    public TimeSpan? TriedAt { get; private set; }

    /// <summary>Whether what an earlier run left halfway is settled.</summary>
    public bool IsSettled { get; set; }

    /// <summary>The pause that the server was told about.</summary>
    public AgentPause? ToldPause { get; private set; }

    /// <summary>When the connection was made.</summary>
    public TimeSpan ConnectedAt { get; private set; }

    /// <summary>
    /// Whether the server had no release, or did not take everything: the connection may lead into an area that is no longer there.
    /// </summary>
    public bool IsDoubtful { get; private set; }

    public void Connect(ITransportSession session, IArea area, TimeSpan now) =>
        (_session, Area, ConnectedAt, IsDoubtful) = (session, area, now, false);

    public void HasPolled(TimeSpan now, AgentResult result, AgentPause? pause)
    {
        Watch = Watch.HasRead(now);
        ToldAt = result.IsReported ? now : null;
        TriedAt = now;
        ToldPause = pause;
        IsDoubtful = !result.IsReported || result.Conclusion == AgentConclusion.NoRelease;
    }

    /// <summary>Whether a result says something else than the one before.</summary>
    public bool IsNews(AgentResult result)
    {
        var isNews = result.Conclusion == AgentConclusion.Attempted
            || result.Reason != _said?.Reason
            || result.LockedSecrets != _said?.LockedSecrets;
        _said = result;
        return isNews;
    }

    /// <summary>Drops a connection that broke; the next poll makes another one and takes nothing for granted.</summary>
    public async ValueTask DisconnectAsync()
    {
        var session = _session;
        (_session, Area, Watch, ToldAt, TriedAt) = (null, null, ReleaseWatch.Blind, null, null);
        if (session is not null)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => DisconnectAsync();
}
