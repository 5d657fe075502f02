using Bento.Hosts;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>
/// Signs releases on another machine than the publisher: <see cref="DeployRequest.ForSigning"/> writes them into a directory, which
/// travels.
/// </summary>
/// <remarks>Reading and signing need the directory and the keys of <see cref="IReleaseSigner"/>, no Nix and no server. Several people may
/// sign one after the other. Safe for concurrent calls about different directories.</remarks>
public interface IReleaseSigning
{
    /// <summary>Reads what waits for signatures, for somebody to look at.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>
    /// The releases, and the files that nobody should sign: damaged, of another host or its attribute, with an id that is
    /// not made of what they say, or saying what this version does not know. Only files named like one of a host are looked at.
    /// </returns>
    /// <exception cref="SigningException">The directory cannot be read.</exception>
    Task<SigningBatch> ReadAsync(string directory, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds the signatures of every key of <see cref="IReleaseSigner"/> to releases that were read: exactly those bytes are signed,
    /// whatever the directory holds by now.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="requests">What <see cref="ReadAsync"/> gave and somebody looked at.</param>
    /// <param name="cancellationToken">Stops between two releases; those before it are signed.</param>
    /// <returns>The releases with their signatures.</returns>
    /// <exception cref="SigningException">A key cannot be used, or the directory not be written.</exception>
    Task<IReadOnlyList<SigningRequest>> SignAsync(
        string directory, IReadOnlyList<SigningRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>Publishes signed releases, on the machine that prepared them. Needs the public halves of the keys only.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two steps of the publication of a host, never within one.</param>
    /// <returns>A result for each release. A file that is not a release, one with too few signatures, one that is not what was prepared
    /// here last, and one after which something else was published, fails.</returns>
    /// <exception cref="SigningException">The directory cannot be read, or no key is configured.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    Task<DeployReport> PublishAsync(
        string directory, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);
}
