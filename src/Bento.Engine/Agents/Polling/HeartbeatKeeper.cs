using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Polling;

/// <summary>Keeps the heartbeat up while something takes its time: a host that builds for hours is not silent.</summary>
internal sealed class HeartbeatKeeper(
    IOptions<AgentOptions> options, HeartbeatSource heartbeats, AgentFiles files, SecretSteps secrets, TimeProvider clock)
{
    /// <param name="area">Where the heartbeat goes.</param>
    /// <param name="doing">What the host does, as a sentence.</param>
    /// <param name="work">What takes its time.</param>
    /// <param name="cancellationToken">Stops the heartbeat; the work has its own.</param>
    public async Task<T> DuringAsync<T>(IArea area, string doing, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(area, doing, done.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(IArea area, string doing, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await TryBeatAsync(area, doing, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended; what comes of it is told at the end of the poll.
        }
    }

    private async Task TryBeatAsync(IArea area, string doing, CancellationToken cancellationToken)
    {
        try
        {
            var beat = await heartbeats.TakeAsync(files.Journal.Peek(), doing, cancellationToken).ConfigureAwait(false);
            using var content = new MemoryStream(ReportJson.Write(beat with { AreSecretsLocked = secrets.Locked is not null }));
            await area.WriteAsync(AreaPath.Heartbeat, content, cancellationToken).ConfigureAwait(false);
        }
        catch (BentoException)
        {
            // The next one may get through.
        }
    }
}
