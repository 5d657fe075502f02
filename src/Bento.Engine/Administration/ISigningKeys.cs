using Bento.Protocol;
using Bento.Trust;

namespace Bento.Administration;

/// <summary>Makes and reads keys for signing releases.</summary>
public interface ISigningKeys
{
    /// <summary>
    /// Makes an ed25519 key without a passphrase: the private half in a file that only its owner may read, the public half beside it
    /// (<c>.pub</c>).
    /// </summary>
    /// <param name="path">The file of the private key. Nothing is overwritten; a directory that is made for it is private too.</param>
    /// <param name="comment">What the key is called.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The public key, for the agents to trust.</returns>
    /// <exception cref="SigningException">The file exists, or the key cannot be made.</exception>
    Task<SshPublicKey> CreateAsync(string path, string comment, CancellationToken cancellationToken = default);

    /// <summary>Reads the public half of a key, without its passphrase.</summary>
    /// <param name="path">A private key, or the public half of one.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The public key, with its comment where that can be found.</returns>
    /// <exception cref="SigningException">There is no such file, it cannot be read, or it holds no key that agents verify.</exception>
    Task<SshPublicKey> ReadAsync(string path, CancellationToken cancellationToken = default);
}
