using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Protocol;

namespace Bento.Agents.Polling;

/// <summary>
/// Tells the server why an agent stops that its own disk does not let go on: a host that looks busy for ever is looked after by nobody.
/// </summary>
internal sealed class StuckNotice(AgentFiles files, HeartbeatSource heartbeats, ServerProbe server, TimeProvider clock)
{
    /// <summary>The trouble itself is said to whoever started the agent, no later than this.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task SayAsync(BentoException trouble, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(Limit, clock, cancellationToken);
        try
        {
            var said = trouble.NextStep is { } step ? $"{trouble.Message} {step}" : trouble.Message;
            var beat = await heartbeats.TakeAsync(Journal(), said, limit.Token).ConfigureAwait(false);

            // What comes early in the next poll must not say that all is well again.
            files.IsQuiet = false;
            _ = await server.AskAsync(ReportJson.Write(beat with { IsStuck = true }), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server cannot be told; whoever started the agent is.
        }
    }

    private AgentJournal Journal()
    {
        try
        {
            return files.Journal.Peek();
        }
        catch (AgentException)
        {
            return AgentJournal.Empty;
        }
    }
}
