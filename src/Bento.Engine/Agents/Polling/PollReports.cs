using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Polling;

/// <summary>What the server is told at the end of a poll.</summary>
internal sealed class PollReports(AgentFiles files, HeartbeatSource heartbeats, TransferDeadline deadline)
{
    private static readonly AgentResult Quiet = new(AgentConclusion.UpToDate, string.Empty);

    /// <summary>
    /// Sends the heartbeat of a poll that finds nothing new, while the release is still being read: most polls are such ones, and over SFTP
    /// each of the two takes its round trips. Only where the poll before was quiet, so that no heartbeat without a refusal comes before one
    /// with it, again and again.
    /// </summary>
    /// <returns>What was sent; null for nothing.</returns>
    public async Task<byte[]?> BeginAsync(
        IArea area, AgentJournal journal, IReadOnlyList<string> remarks, CancellationToken cancellationToken)
    {
        if (!files.IsQuiet || !files.Spool.IsEmpty || files.FindObstacle() is not null)
        {
            return null;
        }

        try
        {
            var beat = await heartbeats.TakeAsync(journal, Detail(journal, Quiet, remarks), cancellationToken).ConfigureAwait(false);
            return await deadline.RunAsync(
                "Sending the heartbeat", token => WriteAsync(area, beat, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BentoException or OperationCanceledException)
        {
            // The one at the end of the poll says why.
            return null;
        }
    }

    /// <summary>Uploads what waits, and the heartbeat, unless what was sent says the same.</summary>
    /// <returns>Whether the server has all of it.</returns>
    public async Task<bool> DeliverAsync(
        IArea area,
        AgentJournal journal,
        AgentResult result,
        IReadOnlyList<string> remarks,
        byte[]? sent,
        CancellationToken cancellationToken)
    {
        try
        {
            return await deadline.RunAsync(
                "Delivering reports",
                token => SendAsync(area, journal, result, remarks, sent, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            return false;
        }
    }

    private async Task<bool> SendAsync(
        IArea area,
        AgentJournal journal,
        AgentResult result,
        IReadOnlyList<string> remarks,
        byte[]? sent,
        CancellationToken cancellationToken)
    {
        var refused = await files.Spool.DeliverAsync(area, cancellationToken).ConfigureAwait(false);
        var obstacle = files.FindObstacle();
        var detail = Detail(journal, result, [obstacle, .. remarks, refused]);
        var beat = await heartbeats.TakeAsync(journal, detail, cancellationToken).ConfigureAwait(false);
        beat = beat with { Refusal = result.Refusal, AreSecretsLocked = result.LockedSecrets is not null, IsStuck = obstacle is not null };
        if (sent is null || !SaysTheSame(sent, beat))
        {
            _ = await WriteAsync(area, beat, cancellationToken).ConfigureAwait(false);
        }

        files.IsQuiet = beat is { Refusal: null, AreSecretsLocked: false, Detail: null };
        return refused is null;
    }

    private static async Task<byte[]> WriteAsync(IArea area, Heartbeat beat, CancellationToken cancellationToken)
    {
        var bytes = ReportJson.Write(beat);
        using var content = new MemoryStream(bytes);
        await area.WriteAsync(AreaPath.Heartbeat, content, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Whether two heartbeats differ in nothing but their time.</summary>
    private static bool SaysTheSame(byte[] sent, Heartbeat beat) =>
        ReportJson.ReadHeartbeat(sent) is { } before && sent.AsSpan().SequenceEqual(ReportJson.Write(beat with { At = before.At }));

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
