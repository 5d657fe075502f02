using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Bento.Trust;

/// <summary>
/// ssh-ed25519 (RFC 8709). By BouncyCastle, which comes with SSH.NET: .NET 10 has no Ed25519. The only file that may use it.
/// </summary>
internal sealed class Ed25519Key : VerificationKey
{
    public const string Type = "ssh-ed25519";

    private readonly byte[] _point;

    private Ed25519Key(byte[] point) => _point = point;

    /// <exception cref="FormatException">There is no point of the curve.</exception>
    public static Ed25519Key Read(ref SshReader reader)
    {
        var point = reader.ReadString().ToArray();
        return point.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFull(point, 0)
            ? new Ed25519Key(point)
            : throw new FormatException("The key is not a point of Ed25519.");
    }

    public override bool IsValid(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var reader = new SshReader(signature);
        var isOurs = reader.ReadText() == Type;
        var bytes = reader.ReadString();
        reader.End();
        return isOurs && Fits(data, bytes);
    }

    /// <summary>Whether the bare signature of RFC 8032 fits.</summary>
    public bool Fits(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, _point, 0, data.ToArray(), 0, data.Length);
}
