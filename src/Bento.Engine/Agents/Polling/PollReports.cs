using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Polling;

/// <summary>What the server is told at the end of a poll.</summary>
internal sealed class PollReports(AgentFiles files, HeartbeatSource heartbeats, TransferDeadline deadline)
{
    /// <summary>Uploads what waits, and the heartbeat.</summary>
    /// <returns>Whether the server has all of it.</returns>
    public async Task<bool> DeliverAsync(
        IArea area, AgentJournal journal, AgentResult result, IReadOnlyList<string> remarks, CancellationToken cancellationToken)
    {
        try
        {
            return await deadline.RunAsync(
                "Delivering reports", token => SendAsync(area, journal, result, remarks, token), cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            return false;
        }
    }

    private async Task<bool> SendAsync(
        IArea area, AgentJournal journal, AgentResult result, IReadOnlyList<string> remarks, CancellationToken cancellationToken)
    {
        var refused = await files.Spool.DeliverAsync(area, cancellationToken).ConfigureAwait(false);
        var beat = await heartbeats.TakeAsync(
            journal, Detail(journal, result, [.. remarks, refused]), cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream(
            ReportJson.Write(beat with { Refusal = result.Refusal, AreSecretsLocked = result.LockedSecrets is not null }));
        await area.WriteAsync(AreaPath.Heartbeat, content, cancellationToken).ConfigureAwait(false);
        return refused is null;
    }

    private static string? Detail(AgentJournal journal, AgentResult result, IReadOnlyList<string?> remarks)
    {
        // Why the host waits after an attempt is in the report of that attempt.
        var isReasonNews = result.Conclusion == AgentConclusion.Refused
            || (result.Conclusion == AgentConclusion.Waiting && journal.Attempt is not { Phase: AttemptPhase.Finished });
        IEnumerable<string?> sentences =
        [
            isReasonNews ? result.Reason : null, result.LockedSecrets, journal.SelfUpdate?.Problem, .. remarks,
        ];
        return sentences.Any(sentence => sentence is not null) ? string.Join(" ", sentences.Where(sentence => sentence is not null)) : null;
    }
}
