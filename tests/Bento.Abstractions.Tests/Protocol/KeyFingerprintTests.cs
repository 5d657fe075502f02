using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class KeyFingerprintTests
{
    [Fact]
    public void What_is_computed_is_read_back() =>
        Gen.Byte.Array.Sample(key => KeyFingerprint.Parse(KeyFingerprint.Of(key).ToString()) == KeyFingerprint.Of(key));

    [Theory]
    [InlineData("")]
    [InlineData("SHA256:")]
    [InlineData("Ag1Q6TGut3kZ0L0pQDvBqZIDLng899ask5E3LH2PVbc")]
    [InlineData("sha256:Ag1Q6TGut3kZ0L0pQDvBqZIDLng899ask5E3LH2PVbc")]
    [InlineData("SHA256:Ag1Q6TGut3kZ0L0pQDvBqZIDLng899ask5E3LH2PVbc=")]
    [InlineData("SHA256:Ag1Q6TGut3kZ0L0pQDvBqZIDLng899ask5E3LH2PVbd")]
    [InlineData("SHA256:Ag1Q6TGut3kZ0L0pQDvBqZIDLng899ask5E3LH2PVb\n")]
    [InlineData("MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(KeyFingerprint.TryParse(text, null, out var fingerprint));

        Assert.Equal(default, fingerprint);
        Assert.Throws<FormatException>(() => KeyFingerprint.Parse(text));
    }

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal(string.Empty, default(KeyFingerprint).ToString());
}
