using System.Security.Cryptography;

namespace Bento.Trust;

/// <summary>An ssh-rsa key that signs by SHA-2 (RFC 8332). Its old algorithm, also named ssh-rsa, signs by SHA-1 and is refused.</summary>
internal sealed class RsaKey : VerificationKey
{
    public const string Type = "ssh-rsa";

    private const int LeastBits = 2048;
    private const int MostBits = 16384;
    private const int MostExponentBytes = 8;

    private readonly RSAParameters _parameters;

    private RsaKey(RSAParameters parameters) => _parameters = parameters;

    /// <exception cref="FormatException">The numbers are not a key, or a weak one.</exception>
    public static RsaKey Read(ref SshReader reader)
    {
        var exponent = reader.ReadPositive();
        var modulus = reader.ReadPositive();
        var bits = (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits is < LeastBits or > MostBits)
        {
            throw new FormatException($"An RSA key of {bits} bits cannot be used; it must have {LeastBits} to {MostBits}.");
        }

        return exponent.Length <= MostExponentBytes && byte.IsOddInteger(exponent[^1]) && exponent is not [1]
            ? new RsaKey(new RSAParameters { Exponent = exponent.ToArray(), Modulus = modulus.ToArray() })
            : throw new FormatException("The RSA key has no valid exponent.");
    }

    public override bool IsValid(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var reader = new SshReader(signature);
        var algorithm = reader.ReadText();
        var bytes = reader.ReadString();
        reader.End();
        HashAlgorithmName? hash = algorithm switch
        {
            "rsa-sha2-512" => HashAlgorithmName.SHA512,
            "rsa-sha2-256" => HashAlgorithmName.SHA256,
            _ => null,
        };
        if (hash is not { } name || bytes.Length > _parameters.Modulus!.Length)
        {
            return false;
        }

        // OpenSSH leaves out zero bytes in front of a signature; RSA wants as many bytes as the modulus has.
        var padded = new byte[_parameters.Modulus.Length];
        bytes.CopyTo(padded.AsSpan(padded.Length - bytes.Length));
        using var key = RSA.Create(_parameters);
        return key.VerifyData(data, padded, name, RSASignaturePadding.Pkcs1);
    }
}
