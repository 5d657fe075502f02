namespace Bento.Trust;

/// <summary>Signs releases. Where the private keys are is its own affair: files, an agent, a token, a service.</summary>
/// <remarks>Safe for concurrent calls. A release that could not be signed is not published, and its host keeps the one before.</remarks>
public interface IReleaseSigner
{
    /// <summary>The keys that <see cref="SignAsync"/> signs with. A release in an area that too few of them signed is published anew.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The public keys; none when releases are not signed.</returns>
    /// <exception cref="SigningException">A key cannot be found or read.</exception>
    Task<IReadOnlyList<PublicKey>> ReadKeysAsync(CancellationToken cancellationToken);

    /// <summary>Signs the payload of a release with every key.</summary>
    /// <param name="payload">The exact bytes that an agent verifies.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A signature for each key: SSHSIG in armor (OpenSSH PROTOCOL.sshsig), namespace <c>bento-release</c>.</returns>
    /// <exception cref="SigningException">A key cannot be used.</exception>
    Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
