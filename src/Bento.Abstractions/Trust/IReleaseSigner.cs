using Bento.Protocol;

namespace Bento.Trust;

/// <summary>Signs releases. Where the private keys are is its own affair: files, an agent, a token, a service.</summary>
/// <remarks>Safe for concurrent calls. A release that could not be signed is not published, and its host keeps the one before.</remarks>
public interface IReleaseSigner
{
    /// <summary>
    /// The keys that <see cref="SignAsync"/> signs with. A release in an area that too few of them signed is published anew.
    /// </summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The public keys; none when releases are not signed.</returns>
    /// <exception cref="SigningException">A key cannot be found or read.</exception>
    Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds out whether <see cref="SignAsync"/> has what it needs, as far as that can be known without asking anybody for a passphrase or
    /// a touch. Asked before anything is evaluated.
    /// </summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Nothing: it could sign. Without an implementation of its own it reads the keys.</returns>
    /// <exception cref="SigningException">It could not sign.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default) => ReadKeysAsync(cancellationToken);

    /// <summary>Signs the payload of a release with every key.</summary>
    /// <param name="payload">The exact bytes that an agent verifies.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A signature for each key: SSHSIG in armor (OpenSSH PROTOCOL.sshsig), namespace <c>bento-release</c>.</returns>
    /// <exception cref="SigningException">A key cannot be used.</exception>
    Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default);
}
