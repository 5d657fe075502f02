using System.Text;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

/// <summary>With the real ssh-keygen on the other side.</summary>
public sealed class SshSignatureInteropTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("""{"schema":1,"host":"web"}""");

    public static TheoryData<string, int?> Kinds => new()
    {
        { "ed25519", null }, { "ecdsa", 256 }, { "ecdsa", 384 }, { "ecdsa", 521 }, { "rsa", 2048 }, { "rsa", 3072 },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Kinds))]
    public async Task What_ssh_keygen_signs_is_verified_here_and_nothing_else(string type, int? bits)
    {
        using var key = SshKey.Make(type, bits);
        await Task.CompletedTask;

        foreach (var hash in new[] { "sha512", "sha256" })
        {
            var signature = SshSignature.Parse(key.Sign(Message, hash: hash));

            Assert.Equal((key.Public, "bento-release", hash), (signature.Key, signature.Namespace, signature.HashAlgorithm));
            Assert.True(SshSignatureVerifier.IsValid(signature, Message));
            Assert.False(SshSignatureVerifier.IsValid(signature, [.. Message, 0]));
            Assert.False(SshSignatureVerifier.IsValid(signature, []));
        }
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Kinds))]
    public async Task What_Bento_signs_passes_ssh_keygen_verify(string type, int? bits)
    {
        using var key = SshKey.Make(type, bits);
        using var signer = SshKey.Signer(key.File);

        var armor = Assert.Single(await signer.SignAsync(Message, TestContext.Current.CancellationToken));

        Assert.Equal(
            (true, $"Good \"bento-release\" signature for publisher with {Name(key.Public)} key {key.Public.Fingerprint}"),
            key.Verify(Message, armor));
        Assert.False(key.Verify([.. Message, 0], armor).IsGood);
        Assert.False(key.Verify(Message, armor, "git").IsGood);
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_ecdsa_signatures_are_verified_whatever_zeros_their_numbers_begin_with()
    {
        using var key = SshKey.Make("ecdsa", 256);
        await Task.CompletedTask;

        for (var i = 0; i < 100; i++)
        {
            byte[] message = [(byte)i];
            Assert.True(SshSignatureVerifier.IsValid(SshSignature.Parse(key.Sign(message)), message));
        }
    }

    [Fact]
    public void The_fingerprint_is_the_one_that_ssh_keygen_prints()
    {
        using var key = SshKey.Make();

        Assert.Contains(
            key.Public.Fingerprint.ToString(), TestBench.Shell.Run("ssh-keygen", "-l", "-f", key.File), StringComparison.Ordinal);
    }

    private static string Name(SshPublicKey key) =>
        key.Type.StartsWith("ecdsa", StringComparison.Ordinal) ? "ECDSA" : key.Type == "ssh-rsa" ? "RSA" : "ED25519";
}
