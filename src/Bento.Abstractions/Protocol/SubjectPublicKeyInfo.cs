using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Bento.Protocol;

/// <summary>Reads public keys as X.509 writes them, and gives them in the binary form of SSH (RFC 4253, 5656, 8709).</summary>
internal static class SubjectPublicKeyInfo
{
    private const string Ed25519 = "1.3.101.112";
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";

    /// <exception cref="FormatException">It is not such a key.</exception>
    public static byte[] ToSsh(ReadOnlySpan<byte> der)
    {
        try
        {
            var key = new AsnReader(der.ToArray(), AsnEncodingRules.DER).ReadSequence();
            return key.ReadSequence().ReadObjectIdentifier() switch
            {
                Ed25519 => [.. Field("ssh-ed25519"u8), .. Field(key.ReadBitString(out _))],
                Rsa => OfRsa(der),
                EllipticCurve => OfCurve(der),
                var other => throw new FormatException($"No agent verifies keys of the algorithm {other}."),
            };
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            throw new FormatException("The bytes are not a public key (SubjectPublicKeyInfo).", exception);
        }
    }

    private static byte[] OfRsa(ReadOnlySpan<byte> der)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(der, out _);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return [.. Field("ssh-rsa"u8), .. Field(Positive(key.Exponent!)), .. Field(Positive(key.Modulus!))];
    }

    private static byte[] OfCurve(ReadOnlySpan<byte> der)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(der, out _);
        var key = ecdsa.ExportParameters(includePrivateParameters: false);
        var curve = key.Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => "nistp256",
            "1.3.132.0.34" => "nistp384",
            "1.3.132.0.35" => "nistp521",
            var other => throw new FormatException($"No agent verifies keys on the curve {other}."),
        };
        return
        [
            .. Field(Encoding.ASCII.GetBytes($"ecdsa-sha2-{curve}")),
            .. Field(Encoding.ASCII.GetBytes(curve)),
            .. Field([4, .. key.Q.X!, .. key.Q.Y!]),
        ];
    }

    private static byte[] Positive(byte[] number) =>
        new BigInteger(number, isUnsigned: true, isBigEndian: true).ToByteArray(isUnsigned: false, isBigEndian: true);

    private static byte[] Field(ReadOnlySpan<byte> bytes)
    {
        var field = new byte[sizeof(int) + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(field, bytes.Length);
        bytes.CopyTo(field.AsSpan(sizeof(int)));
        return field;
    }
}
