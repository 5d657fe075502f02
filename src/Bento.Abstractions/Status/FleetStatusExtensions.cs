using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>Follows releases to their hosts.</summary>
public static class FleetStatusExtensions
{
    /// <summary>Says how far a host is with a release. Pure.</summary>
    /// <param name="status">What is known about the host.</param>
    /// <param name="release">The number of the release.</param>
    /// <returns>A host that is away waits: that it is silent is no failure of the release.</returns>
    public static ReleaseProgress ProgressOf(this HostStatus status, ReleaseNumber release)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status switch
        {
            { Number: { } current } when current < release => ReleaseProgress.Waiting,
            { State: HostState.UpToDate or HostState.AutoUpdated } => ReleaseProgress.Converged,
            { State: HostState.Failing or HostState.RolledBack or HostState.Refused or HostState.ExtraLogs } => ReleaseProgress.Failed,
            _ => ReleaseProgress.Waiting,
        };
    }

    /// <summary>
    /// Whether a host cannot be expected to do anything now: it is silent, was never heard, its agent is paused, it is frozen, or it
    /// waits for its window. Pure.
    /// </summary>
    /// <param name="status">What is known about the host.</param>
    /// <returns>True when it is away.</returns>
    public static bool IsAbsent(this HostStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status is { LastSeen: null } or { State: HostState.Silent } || status.IsWaiting();
    }

    /// <summary>
    /// Whether a host was told to wait: its agent is paused, it is frozen, or its switch waits for its window. Pure.
    /// </summary>
    /// <param name="status">What is known about the host.</param>
    /// <returns>True when it was.</returns>
    public static bool IsWaiting(this HostStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return (status.Flags & (StatusFlags.Paused | StatusFlags.Frozen | StatusFlags.Held)) != 0;
    }

    /// <summary>Follows hosts until each runs its release, or one has failed.</summary>
    /// <param name="status">What is asked.</param>
    /// <param name="releases">The hosts, each with the number of its release.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    /// <returns>How the hosts stand, at every look; the last element is the one that ended it.</returns>
    /// <exception cref="InvalidFleetException">None of the hosts is known.</exception>
    /// <exception cref="Transport.TransportException">The server cannot be reached or used.</exception>
    public static IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowUntilSettledAsync(
        this IFleetStatus status,
        IReadOnlyDictionary<HostName, ReleaseNumber> releases,
        TimeSpan interval,
        CancellationToken cancellationToken = default) =>
        FollowUntilSettledAsync(status, releases, interval, skipAbsent: false, cancellationToken);

    /// <summary>Follows hosts until each runs its release, or one has failed.</summary>
    /// <param name="status">What is asked.</param>
    /// <param name="releases">The hosts, each with the number of its release.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="skipAbsent">Whether hosts that are <see cref="IsAbsent"/> are not waited for.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    /// <returns>How the hosts stand, at every look; the last element is the one that ended it.</returns>
    /// <exception cref="InvalidFleetException">None of the hosts is known.</exception>
    /// <exception cref="Transport.TransportException">The server cannot be reached or used.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowUntilSettledAsync(
        this IFleetStatus status,
        IReadOnlyDictionary<HostName, ReleaseNumber> releases,
        TimeSpan interval,
        bool skipAbsent,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(releases);
        if (releases.Count == 0)
        {
            yield break;
        }

        await foreach (var hosts in status.FollowAsync(
            HostSelector.Of(releases.Keys), interval, cancellationToken).ConfigureAwait(false))
        {
            yield return hosts;
            var progress = hosts.Where(host => releases.ContainsKey(host.Host))
                .Select(host => (Reached: host.ProgressOf(releases[host.Host]), IsSkipped: skipAbsent && host.IsAbsent()))
                .ToList();
            if (progress.Exists(host => host.Reached == ReleaseProgress.Failed)
                || progress.TrueForAll(host => host.Reached == ReleaseProgress.Converged || host.IsSkipped))
            {
                yield break;
            }
        }
    }
}
