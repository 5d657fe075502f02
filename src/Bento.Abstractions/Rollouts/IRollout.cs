using Bento.Building;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Rollouts;

/// <summary>
/// Publishes a plan in waves: one wave, then what its hosts report, then the next. It is planned and approved once, and every wave
/// publishes exactly what was planned. A fleet has one rollout at a time.
/// </summary>
/// <remarks>
/// Safe for concurrent calls; those that publish exclude each other, and every other publisher, by a lock on the server. The state is on
/// disk: interrupted at any point, the next <see cref="ContinueAsync"/> goes on where it was. Nothing runs between two calls.
/// </remarks>
public interface IRollout
{
    /// <summary>Says how the rollout stands, the last one where none is going on. Changes nothing of it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The rollout; null when there was none.</returns>
    /// <exception cref="RolloutException">Its state cannot be read.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<RolloutStatus?> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Says which hosts wait for which wave, without asking the server: for whoever has read their status already.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The hosts that are not published yet, each with the number of its wave; none where no rollout is going on.</returns>
    /// <exception cref="RolloutException">Its state cannot be read.</exception>
    Task<IReadOnlyDictionary<HostName, int>> ReadQueueAsync(CancellationToken cancellationToken = default);

    /// <summary>Builds the systems of the selected hosts, keeps what would be published, and publishes the first wave.</summary>
    /// <param name="request">Which hosts, in which waves.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two steps of the publication of a host, never within one.</param>
    /// <returns>What came of each host, and the rollout.</returns>
    /// <exception cref="RolloutException">Another one is going on, or this one cannot be kept.</exception>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, or the request selects nothing.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    /// <exception cref="PlanOutdatedException">Something else than <see cref="RolloutRequest.Planned"/> would be published.</exception>
    Task<RolloutStart> StartAsync(
        RolloutRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Takes what hosts reported into account, and publishes the next waves as far as it may now. Does not wait.</summary>
    /// <param name="continuation">What a person decides.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two steps of the publication of a host, never within one.</param>
    /// <returns>The rollout; null when there was none. One that is over stays as it is.</returns>
    /// <exception cref="RolloutException">
    /// Its state cannot be read or written, or a wave is approved and none waits for that: then nothing was approved or published.
    /// </exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    /// <exception cref="SigningException">A signing key is missing.</exception>
    /// <exception cref="StatusStoreException">A record cannot be read.</exception>
    Task<RolloutStatus?> ContinueAsync(
        RolloutContinuation continuation, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Does what <see cref="ContinueAsync"/> does, again and again, until the rollout is over or needs a person.</summary>
    /// <param name="continuation">What a person decides, once.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Ends it; the rollout stays where it is.</param>
    /// <returns>How it stands, at every look; empty when there has been no rollout.</returns>
    /// <exception cref="RolloutException">Its state cannot be read or written.</exception>
    /// <exception cref="TransportException">The server cannot be reached at the first look, or refuses to be used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes, at the first look.</exception>
    IAsyncEnumerable<RolloutStatus> FollowAsync(
        RolloutContinuation continuation,
        TimeSpan interval,
        IProgress<FleetEvent>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes no further wave until somebody lets it go on. Needs no server; a wave that is being published is finished.
    /// </summary>
    /// <param name="reason">Why; null to say nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is on disk.</returns>
    /// <exception cref="RolloutException">No rollout is in progress, or its state cannot be used.</exception>
    Task PauseAsync(string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the rollout: hosts keep what they have, and no other host gets anything. Where the server is away or somebody publishes, the
    /// next <see cref="ContinueAsync"/> lets other deploys to its hosts pass.
    /// </summary>
    /// <param name="reason">Why; null to say nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is on disk.</returns>
    /// <exception cref="RolloutException">No rollout is in progress, or its state cannot be used.</exception>
    Task AbortAsync(string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the rollout, and publishes again what its hosts had before, for those that still have what it published. Works until the next
    /// one begins; called again, it does what is left.
    /// </summary>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two steps of the publication of a host, never within one.</param>
    /// <returns>A result for each host whose release was taken back. One that had nothing before fails.</returns>
    /// <exception cref="RolloutException">There has been no rollout, or its state cannot be used.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    Task<DeployReport> UndoAsync(IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);
}
