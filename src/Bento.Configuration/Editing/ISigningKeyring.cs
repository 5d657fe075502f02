using Bento.Hosts;

namespace Bento.Configuration.Editing;

/// <summary>The keys that a <c>bento.json</c> signs releases with, and how they come and go.</summary>
/// <remarks>A Bento that runs goes on signing with the keys that it was put together with.</remarks>
public interface ISigningKeyring
{
    /// <summary>Lists the keys, those that cannot be read too.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The keys, in their order.</returns>
    Task<IReadOnlyList<SigningKeyEntry>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a key: releases are then signed by the old keys and the new one.</summary>
    /// <param name="file">An existing key, as an absolute path; null creates one beside the others.</param>
    /// <param name="cancellationToken">Cancels creating or reading it.</param>
    /// <returns>The key.</returns>
    /// <exception cref="InvalidFleetException">The key signs already, or the settings cannot be changed.</exception>
    /// <exception cref="Bento.Trust.SigningException">The key cannot be created or read.</exception>
    Task<SigningKeyEntry> RotateAsync(string? file = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the one key that somebody means, and what would be left without it. Changes nothing.</summary>
    /// <param name="key">Its fingerprint, its file, or the beginning of its comment.</param>
    /// <param name="workingDirectory">Where a relative file begins; null for the Bento directory.</param>
    /// <param name="cancellationToken">Cancels reading the keys.</param>
    /// <returns>
    /// What <see cref="Revoke"/> takes. Ask <see cref="Bento.Status.IKeyHandover"/> first which hosts would refuse what is left.
    /// </returns>
    /// <exception cref="InvalidFleetException">None or several are meant, or too few would be left.</exception>
    Task<KeyRevocation> FindAsync(string key, string? workingDirectory = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a key from the settings: it no longer signs releases. Its file stays.</summary>
    /// <param name="revocation">What <see cref="FindAsync"/> found.</param>
    /// <exception cref="InvalidFleetException">The settings cannot be changed.</exception>
    void Revoke(KeyRevocation revocation);
}
