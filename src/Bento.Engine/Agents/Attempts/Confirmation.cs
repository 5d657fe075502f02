using Bento.Agents.Servers;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>
/// Proves after a switch that the host is still alive: the server is reached over a new connection in both directions, then every health
/// check holds, all before a deadline.
/// </summary>
internal sealed class Confirmation(ServerProbe server, IHealthChecker checker, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>One try may not eat the whole window: a peer that stalls must leave room for the next.</summary>
    private const int MinimumTries = 4;

    /// <param name="policy">The deadline and the checks.</param>
    /// <param name="heartbeat">What is written to the server.</param>
    /// <param name="cancellationToken">Stops; the confirmation stays pending.</param>
    public async Task<AttemptEvent> ConfirmAsync(HostPolicy policy, byte[] heartbeat, CancellationToken cancellationToken)
    {
        // Monotonic: a wall clock that jumps neither shortens nor lengthens the window. Whatever is tried last ends with it.
        var began = clock.GetTimestamp();
        using var window = new Deadline(policy.ConfirmTimeout, clock, cancellationToken);
        string? reason = null;
        var wasReached = false;
        do
        {
            var answer = await ReachAsync(policy, heartbeat, window.Token).ConfigureAwait(false);
            var failure = answer.Problem;
            if (!answer.IsAway)
            {
                // A server that ran full in the meantime says nothing against the system of the host.
                wasReached = true;
                failure = await CheckAsync(policy, window.Token).ConfigureAwait(false);
            }

            if (failure is null)
            {
                return new AttemptEvent.Confirmed();
            }

            // A try that the end of the window cut short says less than the one before it.
            reason = window.HasPassed ? reason ?? failure : failure;
            cancellationToken.ThrowIfCancellationRequested();
            var left = policy.ConfirmTimeout - clock.GetElapsedTime(began);
            await Task.Delay(
                left < Pause ? TimeSpan.FromTicks(long.Max(left.Ticks, 0)) : Pause, clock, cancellationToken).ConfigureAwait(false);
        }
        while (!window.HasPassed && clock.GetElapsedTime(began) < policy.ConfirmTimeout);

        return new AttemptEvent.Unconfirmed(
            $"The switch was not confirmed within {policy.ConfirmTimeout.TotalSeconds:0} seconds: {reason}", IsServerAway: !wasReached);
    }

    private async Task<ServerAnswer> ReachAsync(HostPolicy policy, byte[] heartbeat, CancellationToken window)
    {
        using var limit = new Deadline(policy.ConfirmTimeout / MinimumTries, clock, window);
        try
        {
            return await server.AskAsync(heartbeat, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.Token.IsCancellationRequested)
        {
            return new ServerAnswer("The server did not answer in time.", IsAway: true);
        }
    }

    private async Task<string?> CheckAsync(HostPolicy policy, CancellationToken window)
    {
        try
        {
            foreach (var check in policy.HealthChecks)
            {
                if (await checker.CheckAsync(check, window).ConfigureAwait(false) is { } failure)
                {
                    return failure;
                }
            }

            return null;
        }
        catch (OperationCanceledException) when (window.IsCancellationRequested)
        {
            return "The health checks did not end in time.";
        }
    }
}
