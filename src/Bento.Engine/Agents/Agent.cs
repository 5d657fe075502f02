using Bento.Files;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Poll → verify → decide → attempt → report, once.</summary>
internal sealed class Agent(IOptions<AgentOptions> options, ITransport transport, AttemptRunner runner, SecretSteps secrets, HeartbeatSource heartbeats, TimeProvider clock) : IAgent
{
    private readonly AgentOptions _options = options.Value;
    private readonly HostName _host = HostName.Parse(options.Value.Host);
    private readonly ReleaseVerifier _verifier = new(
        FleetName.Parse(options.Value.Fleet), HostName.Parse(options.Value.Host), new TrustPolicy(options.Value.Trust), options.Value.Trust.Epoch);
    private readonly JournalFile _file = new(options.Value.StateDirectory);
    private readonly ReportSpool _spool = new(Path.Join(options.Value.StateDirectory, "spool"));

    public async Task<AgentResult> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var taken = Lock(out var holder);
        return taken is null
            ? new AgentResult(AgentConclusion.Busy, $"Another agent works on this host: {holder}.")
            : await PollAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<AgentResult> PollAsync(CancellationToken cancellationToken)
    {
        _spool.RemoveLeftovers();
        DurableTree.RemoveTemporaries(_options.StateDirectory);
        var (journal, remarks) = _file.Load();
        if (await secrets.RestoreAsync(cancellationToken).ConfigureAwait(false) is { } locked)
        {
            remarks = [.. remarks, locked];
        }

        if (journal.Attempt is { Phase: AttemptPhase.Activating or AttemptPhase.Confirming or AttemptPhase.RollingBack } interrupted)
        {
            // A kill or a power cut came between: the machine is settled first, with the server or without it.
            journal = await runner.RunAsync(journal, interrupted, _file, _spool, null, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var session = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await PollAsync(session.OpenArea(_host), journal, remarks, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException exception)
        {
            return new AgentResult(AgentConclusion.Unreachable, exception.Message) { IsReported = _spool.IsEmpty };
        }
    }

    private async Task<AgentResult> PollAsync(IArea area, AgentJournal journal, IReadOnlyList<string> remarks, CancellationToken cancellationToken)
    {
        await _spool.DeliverAsync(area, cancellationToken).ConfigureAwait(false);
        var (verification, bytes) = await VerifyAsync(area, journal, cancellationToken).ConfigureAwait(false);
        AgentResult result;
        if (bytes is null)
        {
            result = new AgentResult(AgentConclusion.NoRelease, $"The server has no release for '{_host}'.");
        }
        else if (verification.Release is not { } release)
        {
            result = new AgentResult(AgentConclusion.Refused, verification.Detail) { Refusal = verification.Refusal };
        }
        else if (AttemptDecision.Next(journal, release, clock.GetUtcNow()) is { } attempt)
        {
            journal = journal with { Floor = release.Number, FloorId = release.Id };
            journal = await runner.RunAsync(journal, attempt, _file, _spool, area, cancellationToken).ConfigureAwait(false);
            result = Tried(journal.Attempt!);
        }
        else
        {
            result = Settled(journal.Attempt!, release);
        }

        return result with { IsReported = await ReportAsync(area, journal, result, remarks, cancellationToken).ConfigureAwait(false) };
    }

    private static AgentResult Tried(JournalAttempt attempt) => attempt.Phase == AttemptPhase.Finished
        ? new AgentResult(AgentConclusion.Attempted, attempt.Reason!) { Number = attempt.Release.Number, Outcome = attempt.Outcome }
        : new AgentResult(AgentConclusion.Waiting, $"Release {attempt.Release.Number} is built; the switch waits until the server can be reached, to confirm it.") { Number = attempt.Release.Number };

    private static AgentResult Settled(JournalAttempt last, Release release) => last switch
    {
        { Outcome: { } outcome } when outcome.IsSuccess() =>
            new AgentResult(AgentConclusion.UpToDate, $"The host has release {release.Number}; there is nothing new.") { Number = release.Number },
        { RetryAt: { } at } =>
            new AgentResult(AgentConclusion.Waiting, $"Release {release.Number} failed for a passing reason and is tried again after {at:u}.") { Number = release.Number },
        _ => new AgentResult(AgentConclusion.Waiting, $"Release {release.Number} failed ({last.Reason}); the host waits for the next one.") { Number = release.Number },
    };

    private async Task<(Verification Verification, byte[]? Bytes)> VerifyAsync(IArea area, AgentJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await area.ReadAsync(AreaPaths.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false);
            return (_verifier.Verify(bytes, journal, clock.GetUtcNow()), bytes);
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            return (Verification.Refuse(Refusal.Malformed, exception.Message), []);
        }
    }

    /// <returns>Whether the server has every report.</returns>
    private async Task<bool> ReportAsync(IArea area, AgentJournal journal, AgentResult result, IReadOnlyList<string> remarks, CancellationToken cancellationToken)
    {
        try
        {
            await _spool.DeliverAsync(area, cancellationToken).ConfigureAwait(false);
            var beat = await heartbeats.TakeAsync(journal, Detail(result, remarks), cancellationToken).ConfigureAwait(false);
            using var content = new MemoryStream(ReportJson.Write(beat with { Refusal = result.Refusal }));
            await area.WriteAsync(AreaPaths.Heartbeat, content, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TransportException)
        {
            return false;
        }
    }

    private static string? Detail(AgentResult result, IReadOnlyList<string> remarks) => result.Conclusion is AgentConclusion.Refused or AgentConclusion.Waiting
        ? result.Reason
        : remarks.Count > 0 ? string.Join(" ", remarks) : null;

    private async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.TransferTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await transport.ConnectAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFailure.Stalled, $"The server did not answer within {_options.TransferTimeout}.");
        }
    }

    /// <exception cref="AgentException">The state directory cannot be used.</exception>
    private FileLock? Lock(out string? holder)
    {
        try
        {
            _ = Directory.CreateDirectory(_options.StateDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return FileLock.TryAcquire(Path.Join(_options.StateDirectory, "agent.lock"), Publisher.Holder(clock.GetUtcNow()), out holder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"The state directory '{_options.StateDirectory}' cannot be used: {exception.Message}", exception)
            {
                NextStep = "Run the agent as root, or set its state directory.",
            };
        }
    }
}
