using Bento.Protocol;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class SshPublicKeyTests
{
    private const string Base64 = "AAAAC3NzaC1lZDI1NTE5AAAAIJuSBbAzQBlo/Hx9gGAbC3ipt0UOIqbyZbiXyQdoiHx6";
    private const string Line = "ssh-ed25519 " + Base64 + " ops@example.org of the lab";

    [Fact]
    public void A_line_of_OpenSSH_is_read_and_written_again()
    {
        var key = SshPublicKey.Parse(Line);

        Assert.Equal(("ssh-ed25519", "ops@example.org of the lab", Line), (key.Type, key.Comment, key.ToString()));
        Assert.Equal("SHA256:Ag1Q6TGut3kZ0L0pQDvBqZIDLng899ask5E3LH2PVbc", key.Fingerprint.ToString());
    }

    [Theory]
    [InlineData("ssh-ed25519 " + Base64)]
    [InlineData("  ssh-ed25519\t" + Base64 + "   another comment \n")]
    public void The_same_key_is_equal_whatever_its_comment_and_spaces(string other)
    {
        Assert.Equal(SshPublicKey.Parse(Line), SshPublicKey.Parse(other));
        Assert.Equal(SshPublicKey.Parse(Line).GetHashCode(), SshPublicKey.Parse(other).GetHashCode());
    }

    [Fact]
    public void The_bytes_of_a_key_are_the_same_key_without_its_comment()
    {
        var key = SshPublicKey.FromBytes(SshPublicKey.Parse(Line).ToBytes());

        Assert.Equal((SshPublicKey.Parse(Line), string.Empty), (key, key.Comment));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-ed25519 not/base64!")]
    [InlineData("ssh-rsa " + Base64)]
    [InlineData("restrict ssh-ed25519 " + Base64)]
    [InlineData("ssh-ed25519 " + Base64 + "\nssh-ed25519 " + Base64)]
    [InlineData("ssh-ed25519 " + Base64 + " \u001b[2J")]
    public void What_is_no_key_is_refused(string? line)
    {
        Assert.False(SshPublicKey.TryParse(line, null, out var key));
        Assert.Null(key);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'a' })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1, 2 })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'\n', 1 })]
    public void Bytes_that_are_no_key_are_refused(byte[] bytes) => Assert.Throws<FormatException>(() => SshPublicKey.FromBytes(bytes));
}
