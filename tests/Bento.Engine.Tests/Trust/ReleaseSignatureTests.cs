using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

/// <summary>Keys and signatures of openssl, as a service of keys gives them, before the real ssh-keygen.</summary>
public sealed class ReleaseSignatureTests : IDisposable
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"schema":1,"host":"web"}""");

    private readonly TempDirectory _directory = new();

    public static TheoryData<string, string, string[], string[]> Keys => new()
    {
        { "ssh-ed25519", "ED25519", [], [] },
        { "ecdsa-sha2-nistp256", "EC", ["ec_paramgen_curve:P-256"], ["-sha256"] },
        { "ecdsa-sha2-nistp384", "EC", ["ec_paramgen_curve:P-384"], ["-sha384"] },
        { "ecdsa-sha2-nistp521", "EC", ["ec_paramgen_curve:P-521"], ["-sha512"] },
        { "ssh-rsa", "RSA", ["rsa_keygen_bits:3072"], ["-sha512"] },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Keys))]
    public async Task What_a_service_signs_passes_ssh_keygen_verify_and_an_agent(
        string type, string algorithm, string[] options, string[] digest)
    {
        await Task.CompletedTask;
        var (file, message) = (_directory["key"], _directory["message"]);
        string[] chosen = [.. options.SelectMany(option => new[] { "-pkeyopt", option })];
        Shell.Run("openssl", ["genpkey", "-quiet", "-algorithm", algorithm, .. chosen, "-out", file]);
        Shell.Run("openssl", "pkey", "-in", file, "-pubout", "-outform", "DER", "-out", _directory["public"]);
        File.WriteAllBytes(message, ReleaseSignature.BytesToSign(Payload));
        Shell.Run("openssl", digest is [var hash]
            ? ["dgst", hash, "-sign", file, "-out", _directory["signature"], message]
            : ["pkeyutl", "-sign", "-rawin", "-inkey", file, "-in", message, "-out", _directory["signature"]]);

        var key = SshPublicKey.FromSubjectPublicKeyInfo(File.ReadAllBytes(_directory["public"]));
        var armor = ReleaseSignature.Armor(key, File.ReadAllBytes(_directory["signature"]), DSASignatureFormat.Rfc3279DerSequence);

        Assert.Equal(type, key.Type);
        Assert.True(SshSignatureVerifier.IsValid(SshSignature.Parse(armor), Payload));
        Assert.Contains("Good \"bento-release\" signature", SshKey.Verify(key, Payload, armor).Output, StringComparison.Ordinal);
        Assert.False(SshKey.Verify(key, [.. Payload, 0], armor).IsGood);
        Assert.Throws<ArgumentException>(() => ReleaseSignature.Armor(SshPublicKey.FromBytes(
            [0, 0, 0, 1, (byte)'x', 0]), File.ReadAllBytes(_directory["signature"])));
    }

    [Fact]
    public void Every_signature_of_NET_is_armored_whatever_zeros_its_numbers_begin_with()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = SshPublicKey.FromSubjectPublicKeyInfo(ecdsa.ExportSubjectPublicKeyInfo());

        for (var i = 0; i < 1000; i++)
        {
            byte[] payload = [(byte)i, (byte)(i >> 8)];
            var signature = ecdsa.SignData(ReleaseSignature.BytesToSign(payload), HashAlgorithmName.SHA256);
            Assert.True(SshSignatureVerifier.IsValid(SshSignature.Parse(ReleaseSignature.Armor(key, signature)), payload));
        }
    }

    [Fact]
    public void The_other_form_of_a_signature_is_refused_and_not_signed_wrong()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = SshPublicKey.FromSubjectPublicKeyInfo(ecdsa.ExportSubjectPublicKeyInfo());

        Assert.Throws<ArgumentException>(() => ReleaseSignature.Armor(key, new byte[71]));
        Assert.Throws<ArgumentException>(
            () => ReleaseSignature.Armor(key, new byte[64], DSASignatureFormat.Rfc3279DerSequence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("302a300506032b656e032100000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("05")]
    public void What_is_no_key_that_an_agent_verifies_is_refused(string hex) =>
        Assert.Throws<FormatException>(() => SshPublicKey.FromSubjectPublicKeyInfo(Convert.FromHexString(hex)));

    public void Dispose() => _directory.Dispose();
}
