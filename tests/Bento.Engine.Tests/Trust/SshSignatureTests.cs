using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

public sealed class SshSignatureTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("a payload");

    [Fact]
    public void A_signature_cut_at_any_byte_is_none()
    {
        using var key = SshKey.Make();
        var armor = key.Sign(Message);
        var blob = SignatureForge.Blob(armor);

        Assert.All(Enumerable.Range(
            0, blob.Length), length => Assert.Throws<FormatException>(() => SshSignature.Read(blob.AsSpan(0, length))));

        // The line feed at the very end is the only thing that may be missing.
        Assert.All(Enumerable.Range(
            0, armor.Length - 1), length => Assert.Throws<FormatException>(() => SshSignature.Parse(armor[..length])));
        Assert.NotNull(SshSignature.Parse(armor[..^1]));
    }

    [Fact]
    public void A_signature_with_any_bit_changed_is_none_or_does_not_fit()
    {
        using var key = SshKey.Make();
        var blob = SignatureForge.Blob(key.Sign(Message));

        for (var bit = 0; bit < blob.Length * 8; bit++)
        {
            var changed = blob.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Counts(changed, key.Public), $"bit {bit}");
        }
    }

    [Fact]
    public void Nothing_may_follow_the_end()
    {
        using var key = SshKey.Make();
        var armor = key.Sign(Message);

        _ = Assert.Throws<FormatException>(() => SshSignature.Read([.. SignatureForge.Blob(armor), 0]));
        _ = Assert.Throws<FormatException>(() => SshSignature.Parse(armor + "\n"));
        _ = Assert.Throws<FormatException>(() => SshSignature.Parse(armor + armor));
        _ = Assert.Throws<FormatException>(() => SshSignature.Parse(armor.ReplaceLineEndings("\r\n")));
        _ = Assert.Throws<FormatException>(() => SshSignature.Parse(armor.Replace("\n", "\n ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_signature_longer_than_the_limit_is_refused_unread()
    {
        using var key = SshKey.Make();
        var large = SignatureForge.Blob(key.Public.ToBytes(), new byte[SshSignature.MaxBytes]);

        _ = Assert.Throws<FormatException>(() => SshSignature.Read(large));
        _ = Assert.Throws<FormatException>(() => SshSignature.Parse(SignatureForge.Armor(large)));
        _ = Assert.Throws<FormatException>(() => SshSignature.Parse(new string('A', 100_000_000)));
    }

    [Fact]
    public void A_length_beyond_the_end_is_refused_and_nothing_is_allocated_for_it()
    {
        byte[] blob = [.. "SSHSIG"u8, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF];

        _ = Assert.Throws<FormatException>(() => SshSignature.Read(blob));
    }

    [Fact]
    public void Another_version_another_hash_and_an_empty_namespace_are_refused_by_name()
    {
        using var key = SshKey.Make();
        var bytes = key.Public.ToBytes();

        Assert.Contains(
            "version 2",
            Assert.Throws<FormatException>(() => SshSignature.Read(SignatureForge.Blob(bytes, [1], version: 2))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "sha512",
            Assert.Throws<FormatException>(() => SshSignature.Read(SignatureForge.Blob(bytes, [1], hash: "sha1"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "namespace",
            Assert.Throws<FormatException>(() => SshSignature.Read(SignatureForge.Blob(bytes, [1], space: ""))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_rsa_key_that_signs_by_sha1_does_not_count()
    {
        using var rsa = RSA.Create(2048);
        var blob = RsaBlob(rsa);
        var data = SignatureForge.Signed(Message);

        string Sign(string algorithm, HashAlgorithmName hash) => SignatureForge.Armor(SignatureForge.Blob(
            blob, new SshWriter().String(algorithm).String(rsa.SignData(data, hash, RSASignaturePadding.Pkcs1)).ToArray()));

        Assert.True(SshSignatureVerifier.IsValid(SshSignature.Parse(Sign("rsa-sha2-512", HashAlgorithmName.SHA512)), Message));
        Assert.True(SshSignatureVerifier.IsValid(SshSignature.Parse(Sign("rsa-sha2-256", HashAlgorithmName.SHA256)), Message));
#pragma warning disable CA5350 // It must not count: that is the test.
        Assert.False(SshSignatureVerifier.IsValid(SshSignature.Parse(Sign("ssh-rsa", HashAlgorithmName.SHA1)), Message));
        Assert.False(SshSignatureVerifier.IsValid(SshSignature.Parse(Sign("rsa-sha2-512", HashAlgorithmName.SHA1)), Message));
#pragma warning restore CA5350
    }

    [Fact]
    public void A_signature_of_a_key_that_nobody_verifies_does_not_count()
    {
        var key = new SshWriter().String("ssh-dss").String([1, 2, 3]).ToArray();

        Assert.False(SshSignatureVerifier.IsValid(SshSignature.Read(SignatureForge.Blob(key, [1])), Message));
    }

    [Fact]
    public void An_rsa_key_below_2048_bits_cannot_be_used()
    {
        using var rsa = RSA.Create(1024);

        var exception = Assert.Throws<FormatException>(() => VerificationKey.Read(SshPublicKey.FromBytes(RsaBlob(rsa))));

        Assert.Contains("1024", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_a_type_that_nobody_verifies_cannot_be_used()
    {
        var key = SshPublicKey.FromBytes(new SshWriter().String("ssh-dss").String([1, 2, 3]).ToArray());

        Assert.Contains("ssh-dss", Assert.Throws<FormatException>(() => VerificationKey.Read(key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ed25519_key_of_small_order_cannot_be_used()
    {
        // The neutral element: with it, a signature of zeros would fit messages.
        var key = SshPublicKey.FromBytes(new SshWriter().String("ssh-ed25519").String([1, .. new byte[31]]).ToArray());

        _ = Assert.Throws<FormatException>(() => VerificationKey.Read(key));
    }

    private static bool Counts(byte[] blob, SshPublicKey key)
    {
        try
        {
            var signature = SshSignature.Read(blob);
            return signature.Key == key && signature.Namespace == "bento-release" && SshSignatureVerifier.IsValid(signature, Message);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] RsaBlob(RSA rsa)
    {
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new SshWriter().String("ssh-rsa").String(parameters.Exponent!).String([0, .. parameters.Modulus!]).ToArray();
    }
}
