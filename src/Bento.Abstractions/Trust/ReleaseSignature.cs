using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;

namespace Bento.Trust;

/// <summary>
/// What a signer needs whose keys lie in a service or a token: the bytes that the service signs, and the text that agents verify
/// (SSHSIG, OpenSSH PROTOCOL.sshsig), made of what it answers.
/// </summary>
/// <remarks>Pure, thread-safe. The public half of a key comes from <see cref="SshPublicKey.FromSubjectPublicKeyInfo"/>.</remarks>
public static class ReleaseSignature
{
    /// <summary>What such a signature is for: one that was made for something else is refused.</summary>
    public const string Namespace = "bento-release";

    private const int LineLength = 70;
    private const string Ed25519 = "ssh-ed25519";
    private const string Rsa = "ssh-rsa";
    private const int Ed25519Length = 64;

    /// <summary>The bytes to sign for a payload; the same for every key.</summary>
    /// <param name="payload">The payload of the release, as <see cref="IReleaseSigner.SignAsync"/> gets it.</param>
    /// <returns>
    /// About 100 bytes. The algorithm hashes them once more: Ed25519 as it is, ECDSA by SHA-256, SHA-384 or SHA-512 for P-256, P-384 or
    /// P-521, RSA by PKCS #1 v1.5 with SHA-512.
    /// </returns>
    public static byte[] BytesToSign(ReadOnlySpan<byte> payload) =>
        [.. "SSHSIG"u8, .. Scope(), .. Field(SHA512.HashData(payload))];

    /// <summary>Makes the text of a signature.</summary>
    /// <param name="key">The key that signed: Ed25519, ECDSA on a NIST curve, or RSA.</param>
    /// <param name="signature">The signature of <see cref="BytesToSign"/>, as the algorithm gives it.</param>
    /// <param name="format">How an ECDSA signature is written. <c>ECDsa.SignData</c> and Azure Key Vault give the default, AWS KMS,
    /// Google Cloud KMS and OpenSSL give <see cref="DSASignatureFormat.Rfc3279DerSequence"/>. Of other keys it says nothing.</param>
    /// <returns>The signature in armor. Whether it is true is not looked at.</returns>
    /// <exception cref="ArgumentException">The key is of another kind, or the signature is not one of such a key.</exception>
    public static string Armor(
        SshPublicKey key,
        ReadOnlySpan<byte> signature,
        DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (algorithm, bytes) = key.Type switch
        {
            Ed25519 when signature.Length == Ed25519Length => (Ed25519, signature.ToArray()),
            Rsa => ("rsa-sha2-512", signature.ToArray()),
            "ecdsa-sha2-nistp256" => (key.Type, Numbers(signature, 32, format)),
            "ecdsa-sha2-nistp384" => (key.Type, Numbers(signature, 48, format)),
            "ecdsa-sha2-nistp521" => (key.Type, Numbers(signature, 66, format)),
            _ => throw new ArgumentException(
                $"{signature.Length} bytes are not a signature of a key of the type '{key.Type}'.", nameof(signature)),
        };
        byte[] blob =
        [
            .. "SSHSIG"u8, 0, 0, 0, 1, .. Field(key.ToBytes()), .. Scope(),
            .. Field([.. Field(Encoding.ASCII.GetBytes(algorithm)), .. Field(bytes)]),
        ];
        var lines = string.Join('\n', Convert.ToBase64String(blob).Chunk(LineLength).Select(line => new string(line)));
        return $"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n";
    }

    private static byte[] Scope() => [.. Field(Encoding.ASCII.GetBytes(Namespace)), .. Field([]), .. Field("sha512"u8)];

    /// <summary>The two numbers of ECDSA, each with as many bytes as it needs.</summary>
    private static byte[] Numbers(ReadOnlySpan<byte> signature, int size, DSASignatureFormat format)
    {
        if (format == DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
        {
            return signature.Length == 2 * size
                ? [.. Field(Shortest(signature[..size])), .. Field(Shortest(signature[size..]))]
                : throw new ArgumentException(
                    $"{signature.Length} bytes instead of {2 * size}: is it of another format?", nameof(signature));
        }

        try
        {
            var reader = new AsnReader(signature.ToArray(), AsnEncodingRules.DER).ReadSequence();
            return [.. Field(reader.ReadIntegerBytes().Span), .. Field(reader.ReadIntegerBytes().Span)];
        }
        catch (AsnContentException exception)
        {
            throw new ArgumentException("The signature is not a DER sequence: is it of another format?", nameof(signature), exception);
        }
    }

    private static byte[] Shortest(ReadOnlySpan<byte> number) =>
        new BigInteger(number, isUnsigned: true, isBigEndian: true).ToByteArray(isUnsigned: false, isBigEndian: true);

    private static byte[] Field(ReadOnlySpan<byte> bytes)
    {
        var field = new byte[sizeof(int) + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(field, bytes.Length);
        bytes.CopyTo(field.AsSpan(sizeof(int)));
        return field;
    }
}
