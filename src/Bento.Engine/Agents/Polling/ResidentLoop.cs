using Bento.Agents.Machine;
using Bento.Agents.Servers;
using Bento.Processes;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Polling;

/// <summary>
/// Polls again and again. A poll that finds nothing new looks at one file over a connection that stays; everything else is what a single
/// poll does.
/// </summary>
internal sealed class ResidentLoop(
    IOptions<AgentOptions> options,
    ServerList servers,
    Connector connector,
    PollStart start,
    HostPoll poll,
    UnannouncedWork chores,
    StuckNotice lastWords,
    StepWatchdog steps,
    TimeProvider clock)
{
    /// <summary>How long what a server refuses waits: one that is full is not asked again at every poll.</summary>
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(1);

    /// <summary>How long a connection stays.</summary>
    private static readonly TimeSpan LongestConnection = TimeSpan.FromHours(1);

    private readonly AgentOptions _options = options.Value;
    private readonly HostName _host = HostName.Parse(options.Value.Host);
    private readonly long _began = clock.GetTimestamp();

    public async Task<AgentResult> RunAsync(SystemdNotifier systemd, IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        var memory = new PollMemory();
        await using (memory.ConfigureAwait(false))
        {
            for (var number = 0; ; number++)
            {
                steps.Begin(_options.TransferTimeout);
                if (await TryAsync(memory, progress, cancellationToken).ConfigureAwait(false) is { } result && memory.IsNews(result))
                {
                    systemd.Status(result.Reason);
                    progress.Tell(new AgentEvent.Polled(result));
                }

                var pause = Pause(number);
                steps.Begin(pause);
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Never two hosts in step: a server that comes back is not asked by all of them at once.</summary>
    private TimeSpan Pause(int number)
    {
        var interval = _options.PollInterval < _options.Interval ? _options.PollInterval : _options.Interval;
        return interval * (0.75 + (Jitter.Of(_options.Host, number) / 2));
    }

    /// <summary>
    /// A disk that is full, or a directory that is read-only, may be well again by the next poll: the agent stays, and says what hinders
    /// it.
    /// </summary>
    private async Task<AgentResult?> TryAsync(PollMemory memory, IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        try
        {
            if (!memory.IsSettled)
            {
                await start.RunAsync(cancellationToken).ConfigureAwait(false);
                memory.IsSettled = true;
            }

            return await PollAsync(memory, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (BentoException exception) when (exception is AgentException or ActivationException)
        {
            memory.IsSettled = false;
            await memory.DisconnectAsync().ConfigureAwait(false);
            await lastWords.SayAsync(exception, cancellationToken).ConfigureAwait(false);
            return new AgentResult(
                AgentConclusion.Waiting, exception.NextStep is { } step ? $"{exception.Message} {step}" : exception.Message);
        }
    }

    /// <returns>What the poll came to; null when there was nothing to do.</returns>
    private async Task<AgentResult?> PollAsync(PollMemory memory, IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        if (MustReconnect(memory, clock.GetElapsedTime(_began)))
        {
            await memory.DisconnectAsync().ConfigureAwait(false);
        }

        // A connection that stayed may just be old: the next poll makes a new one, to the first server.
        var isFresh = memory.Area is null;
        if (isFresh)
        {
            servers.Reset();
        }

        while (true)
        {
            try
            {
                if (memory.Area is null)
                {
                    await ConnectAsync(memory, progress, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (TransportException exception)
            {
                return await WithoutServerAsync(exception, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                var (result, isLast) = await AskAsync(memory, cancellationToken).ConfigureAwait(false);
                if (isLast)
                {
                    return result;
                }

                await memory.DisconnectAsync().ConfigureAwait(false);
            }
            catch (TransportException exception)
            {
                await memory.DisconnectAsync().ConfigureAwait(false);
                if (!isFresh || !servers.TryPassOver(exception.Message))
                {
                    return await WithoutServerAsync(exception, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <returns>What the poll came to, null when there was nothing to do; and whether no other server is asked.</returns>
    private async Task<(AgentResult? Result, bool IsLast)> AskAsync(PollMemory memory, CancellationToken cancellationToken)
    {
        var now = clock.GetElapsedTime(_began);
        memory.Watch = memory.Watch.Saw(await poll.LookAsync(memory.Area!, cancellationToken).ConfigureAwait(false), now);
        if (!memory.Watch.MustRead(now)
            && !IsBeatDue(memory, now)
            && !await chores.AreDueAsync(memory.ToldPause, cancellationToken).ConfigureAwait(false))
        {
            return (null, true);
        }

        var pause = chores.Pause();
        var result = await poll.RunAsync(memory.Area!, cancellationToken).ConfigureAwait(false);
        if (SinglePoll.LetsNextServerTry(result) && servers.TryPassOver(result.Reason))
        {
            return (result, false);
        }

        memory.HasPolled(now, result, pause);
        return (result, true);
    }

    /// <summary>A system that could not be put back may be why the server is away.</summary>
    private async Task<AgentResult> WithoutServerAsync(TransportException exception, CancellationToken cancellationToken)
    {
        await start.RunAsync(cancellationToken).ConfigureAwait(false);
        return await poll.WithoutServerAsync(exception, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConnectAsync(PollMemory memory, IProgress<AgentEvent>? progress, CancellationToken cancellationToken)
    {
        var session = await connector.ConnectAsync(progress, cancellationToken).ConfigureAwait(false);
        memory.Connect(session, session.OpenArea(_host), clock.GetElapsedTime(_began));
    }

    /// <summary>
    /// A session stays in the directory that it was opened in, also when that was moved away or removed, and another one has its place:
    /// only a new one finds it.
    /// </summary>
    private static bool MustReconnect(PollMemory memory, TimeSpan now) => memory.Area is not null
        && (now - memory.ConnectedAt >= LongestConnection
            || (memory.IsDoubtful && memory.TriedAt is { } tried && now - tried >= RefusedPause));

    /// <summary>The heartbeat says how often there is one; the server waits for three before it calls the host silent.</summary>
    private bool IsBeatDue(PollMemory memory, TimeSpan now) => memory.ToldAt is { } told
        ? now - told >= _options.Interval
        : memory.TriedAt is not { } tried || now - tried >= (RefusedPause < _options.Interval ? RefusedPause : _options.Interval);
}
