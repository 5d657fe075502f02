using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Processes;
using Bento.Transport;

namespace Bento.Agents.Polling;

/// <summary>The end of a poll: the reports go out, and a machine that should reboot does.</summary>
internal sealed class PollEnd(
    AgentFiles files,
    [Guarded] IActivator activator,
    PollReports reports,
    RebootSteps reboots,
    ServerList servers,
    SecretSteps secrets,
    TimeProvider clock)
{
    /// <summary>A report that cannot be delivered holds a reboot back no longer than this: it waits on the disk and comes later.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    private const string BootedOld =
        "The host was rebooted and came up with an older system; it does not reboot by itself again for this release.";

    /// <summary>Sends the heartbeat of a poll that finds nothing new.</summary>
    /// <returns>What was sent; null for nothing.</returns>
    public Task<byte[]?> BeginAsync(IArea area, AgentJournal journal, CancellationToken cancellationToken) =>
        secrets.Locked is null
            ? reports.BeginAsync(area, journal, [.. files.SetAside, .. servers.PassedOver], cancellationToken)
            : Task.FromResult<byte[]?>(null);

    /// <param name="area">Where the reports go; null when the server is away.</param>
    /// <param name="journal">The journal as it is on disk.</param>
    /// <param name="result">What the poll came to.</param>
    /// <param name="sent">The heartbeat that <see cref="BeginAsync"/> sent; null for none.</param>
    /// <param name="cancellationToken">Stops; what was not delivered waits.</param>
    public async Task<AgentResult> RunAsync(
        IArea? area, AgentJournal journal, AgentResult result, byte[]? sent, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        var noted = reboots.Note(journal, machine);
        if (noted != journal)
        {
            files.Journal.Save(noted);
        }

        result = result with { LockedSecrets = secrets.Locked };
        var verdict = reboots.Judge(noted, machine);
        string[] said =
        [
            .. files.SetAside, .. servers.PassedOver, .. verdict == RebootVerdict.BootedOld ? [BootedOld] : Array.Empty<string>(),
        ];
        var isReported = area is null
            ? files.Spool.IsEmpty
            : await DeliverAsync(area, noted, result, said, sent, verdict == RebootVerdict.Now, cancellationToken).ConfigureAwait(false);

        // Delivering may have taken its time: somebody may have switched, or rebooted, meanwhile.
        var rebooted = await reboots.RebootAsync(
            noted, await activator.InspectAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return result with { IsReported = isReported, Reason = rebooted is null ? result.Reason : $"{result.Reason} {rebooted}" };
    }

    private async Task<bool> DeliverAsync(
        IArea area,
        AgentJournal journal,
        AgentResult result,
        string[] remarks,
        byte[]? sent,
        bool isHurried,
        CancellationToken cancellationToken)
    {
        using var limit = new Deadline(isHurried ? LastWords : Timeout.InfiniteTimeSpan, clock, cancellationToken);
        try
        {
            return await reports.DeliverAsync(area, journal, result, remarks, sent, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
