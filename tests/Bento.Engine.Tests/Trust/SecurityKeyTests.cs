using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;
using Bento.Trust;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Bento.Engine.Tests.Trust;

/// <summary>No token at hand: the tests play one, and the real ssh-keygen says whether they play it well.</summary>
public sealed class SecurityKeyTests
{
    private const string Application = "ssh:";
    private const byte Present = 1;

    private static readonly byte[] Message = Encoding.UTF8.GetBytes("a payload");
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);

    [Fact]
    public void A_signature_of_a_token_that_was_touched_counts()
    {
        var armor = Sign(Present);

        Assert.Equal(
            (true, true), (SshKey.Verify(Key, Message, armor).IsGood, SshSignatureVerifier.IsValid(SshSignature.Parse(armor), Message)));
    }

    [Fact]
    public void A_signature_of_a_token_that_nobody_touched_does_not_count()
    {
        var armor = Sign(flags: 0);

        Assert.False(SshSignatureVerifier.IsValid(SshSignature.Parse(armor), Message));
    }

    [Fact]
    public void A_signature_for_another_application_does_not_count() =>
        Assert.False(SshSignatureVerifier.IsValid(SshSignature.Parse(Sign(Present, "ssh:other")), Message));

    private static SshPublicKey Key
    {
        get
        {
            var point = new byte[Ed25519.PublicKeySize];
            Ed25519.GeneratePublicKey(Secret, 0, point, 0);
            return SshPublicKey.FromBytes(new SshWriter().String("sk-ssh-ed25519@openssh.com").String(point).String(Application).ToArray());
        }
    }

    private static string Sign(byte flags, string application = Application)
    {
        const uint Counter = 7;
        var data = new SshWriter()
            .Bytes(SHA256.HashData(Encoding.ASCII.GetBytes(application))).Bytes([flags]).UInt32(Counter)
            .Bytes(SHA256.HashData(SignatureForge.Signed(Message))).ToArray();
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Secret, 0, data, 0, data.Length, signature, 0);
        return SignatureForge.Armor(SignatureForge.Blob(
            Key.ToBytes(),
            new SshWriter().String("sk-ssh-ed25519@openssh.com").String(signature).Bytes([flags]).UInt32(Counter).ToArray()));
    }
}
