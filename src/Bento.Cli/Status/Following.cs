using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;

namespace Bento.Cli.Status;

/// <summary>Looks at a fleet until interrupted, also over the time in which its server is away.</summary>
internal static class Following
{
    /// <param name="status">What is asked.</param>
    /// <param name="hosts">Which hosts.</param>
    /// <param name="interval">The longest time between two looks.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="look">What is done with each look.</param>
    /// <param name="outage">What is said when the server cannot be reached, each time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code of what ends in no other way.</returns>
    public static async Task<int> RunAsync(
        IFleetStatus status,
        HostSelector hosts,
        TimeSpan interval,
        TimeProvider clock,
        Func<IReadOnlyList<HostStatus>, Task> look,
        Func<TransportException, Task> outage,
        CancellationToken cancellationToken)
    {
        var isKnown = false;
        try
        {
            while (true)
            {
                try
                {
                    await foreach (var statuses in status.FollowAsync(hosts, interval, cancellationToken))
                    {
                        isKnown = true;
                        await look(statuses);
                    }
                }
                catch (TransportException exception) when (isKnown && exception.IsTransient)
                {
                    await outage(exception);
                }

                await Task.Delay(interval, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The only way in which it ends; there is nothing to say about it.
            return ExitCodes.Interrupted;
        }
    }
}
