using System.Security.Cryptography;

namespace Bento.Trust;

/// <summary>ecdsa-sha2-nistp256, 384 and 521 (RFC 5656).</summary>
internal sealed class EcdsaKey : VerificationKey
{
    public const string Prefix = "ecdsa-sha2-";

    private const byte Uncompressed = 0x04;

    private readonly string _type;
    private readonly ECParameters _parameters;
    private readonly HashAlgorithmName _hash;

    private EcdsaKey(string type, ECParameters parameters, HashAlgorithmName hash)
    {
        _type = type;
        _parameters = parameters;
        _hash = hash;
    }

    /// <exception cref="FormatException">The curve is not the one of the type, or there is no point of it.</exception>
    public static EcdsaKey Read(string type, ref SshReader reader)
    {
        var name = reader.ReadText();
        var point = reader.ReadString();
        var (curve, hash, size) = name switch
        {
            "nistp256" => (ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256, 32),
            "nistp384" => (ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384, 48),
            _ => (ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512, 66),
        };
        return type == Prefix + name && point.Length == 1 + (2 * size) && point[0] == Uncompressed
            ? new EcdsaKey(type, new ECParameters
            {
                Curve = curve,
                Q = new ECPoint { X = point.Slice(1, size).ToArray(), Y = point[(1 + size)..].ToArray() },
            }, hash)
            : throw new FormatException($"The key is not a point of the curve of {type}.");
    }

    public override bool IsValid(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var outer = new SshReader(signature);
        var isOurs = outer.ReadText() == _type;
        var numbers = new SshReader(outer.ReadString());
        outer.End();
        var r = numbers.ReadPositive();
        var s = numbers.ReadPositive();
        numbers.End();

        var size = _parameters.Q.X!.Length;
        if (!isOurs || r.Length > size || s.Length > size)
        {
            return false;
        }

        var joined = new byte[2 * size];
        r.CopyTo(joined.AsSpan(size - r.Length));
        s.CopyTo(joined.AsSpan((2 * size) - s.Length));
        using var key = ECDsa.Create(_parameters);
        return key.VerifyData(data, joined, _hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
