using System.Security.Cryptography;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Testing.Fleet;

/// <summary>
/// Signs as <c>ssh-keygen -Y sign</c> does with an ECDSA key, without starting a program: a thousand releases take a second.
/// </summary>
public sealed class FleetSigner : IReleaseSigner, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What the hosts trust.</summary>
    public SshPublicKey Key => SshPublicKey.FromSubjectPublicKeyInfo(_key.ExportSubjectPublicKeyInfo());

    /// <inheritdoc/>
    public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SshPublicKey>>([Key]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var signature = _key.SignData(ReleaseSignature.BytesToSign(payload.Span), HashAlgorithmName.SHA256);
        return Task.FromResult<IReadOnlyList<string>>([ReleaseSignature.Armor(Key, signature)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
