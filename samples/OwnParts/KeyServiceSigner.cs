using System.Security.Cryptography;
using Bento.Protocol;
using Bento.Trust;

namespace OwnParts;

/// <summary>What a service of keys has in common, whoever runs it: the private half never leaves it.</summary>
public interface IKeyService
{
    /// <returns>The public half (SubjectPublicKeyInfo).</returns>
    Task<byte[]> GetPublicKeyAsync(string keyId, CancellationToken cancellationToken);

    /// <returns>An ECDSA signature with SHA-256, as a DER sequence.</returns>
    Task<byte[]> SignAsync(string keyId, byte[] message, CancellationToken cancellationToken);
}

/// <summary>Releases that are signed by a key in such a service.</summary>
public sealed class KeyServiceSigner(IKeyService service, string keyId) : IReleaseSigner
{
    public async Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken = default) =>
        [SshPublicKey.FromSubjectPublicKeyInfo(await service.GetPublicKeyAsync(keyId, cancellationToken))];

    public async Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        var key = SshPublicKey.FromSubjectPublicKeyInfo(await service.GetPublicKeyAsync(keyId, cancellationToken));
        var signature = await service.SignAsync(keyId, ReleaseSignature.BytesToSign(payload.Span), cancellationToken);
        return [ReleaseSignature.Armor(key, signature, DSASignatureFormat.Rfc3279DerSequence)];
    }
}
