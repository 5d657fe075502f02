using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Testing.Fleet;

/// <summary>
/// Signs as <c>ssh-keygen -Y sign</c> does with an ECDSA key, without starting a program: a thousand releases take a second.
/// </summary>
public sealed class FleetSigner : IReleaseSigner, IDisposable
{
    private const string Type = "ecdsa-sha2-nistp256";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What the hosts trust.</summary>
    public SshPublicKey Key => SshPublicKey.FromBytes(Blob());

    /// <inheritdoc/>
    public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SshPublicKey>>([Key]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] scope = [.. Text("bento-release"), .. Text(string.Empty), .. Text("sha512")];
        var number = _key.SignData([.. "SSHSIG"u8, .. scope, .. String(SHA512.HashData(payload.Span))], HashAlgorithmName.SHA256);
        byte[] signature = [.. Text(Type), .. String([.. String(Integer(number.AsSpan(0, 32))), .. String(Integer(number.AsSpan(32)))])];
        byte[] blob = [.. "SSHSIG"u8, 0, 0, 0, 1, .. String(Blob()), .. scope, .. String(signature)];
        var lines = string.Join('\n', Convert.ToBase64String(blob).Chunk(70).Select(line => new string(line)));
        return Task.FromResult<IReadOnlyList<string>>([$"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n"]);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private byte[] Blob()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [.. Text(Type), .. Text("nistp256"), .. String([4, .. point.X!, .. point.Y!])];
    }

    private static byte[] Integer(ReadOnlySpan<byte> value) =>
        new BigInteger(value, isUnsigned: true, isBigEndian: true).ToByteArray(isUnsigned: false, isBigEndian: true);

    private static byte[] Text(string text) => String(Encoding.ASCII.GetBytes(text));

    private static byte[] String(byte[] bytes)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }
}
