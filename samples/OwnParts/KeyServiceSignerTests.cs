using System.Security.Cryptography;
using Bento.Testing;
using Bento.Testing.Trust;
using Bento.Trust;

namespace OwnParts;

[Covers(typeof(KeyServiceSigner))]
public sealed class KeyServiceSignerTests : ReleaseSignerContract
{
    private readonly ServiceInMemory _service = new();

    protected override Task<IReleaseSigner> CreateAsync() => Task.FromResult<IReleaseSigner>(new KeyServiceSigner(_service, "releases"));

    protected override ValueTask CleanUpAsync()
    {
        _service.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class ServiceInMemory : IKeyService, IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Task<byte[]> GetPublicKeyAsync(string keyId, CancellationToken cancellationToken) =>
            Task.FromResult(_key.ExportSubjectPublicKeyInfo());

        public Task<byte[]> SignAsync(string keyId, byte[] message, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(_key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        public void Dispose() => _key.Dispose();
    }
}
