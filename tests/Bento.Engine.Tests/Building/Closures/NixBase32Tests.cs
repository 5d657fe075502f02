using Bento.Building.Closures;
using CsCheck;

namespace Bento.Engine.Tests.Building.Closures;

public sealed class NixBase32Tests
{
    /// <summary>The SHA-256 of nothing, as <c>nix-hash --to-base32</c> prints it.</summary>
    private const string OfNothing = "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73";

    [Fact]
    public void A_hash_is_written_as_nix_writes_it() => Assert.Equal(
        OfNothing, NixBase32.Encode(System.Security.Cryptography.SHA256.HashData([])));

    [Fact]
    public void What_is_written_is_read_back() => Gen.Byte.Array[32].Sample(bytes =>
    {
        Assert.True(NixBase32.TryDecode(NixBase32.Encode(bytes), 32, out var read));
        Assert.Equal(bytes, read);
    });

    [Theory]
    [InlineData("")]
    [InlineData("0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c7")]
    [InlineData("0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c733")]
    [InlineData("emdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    [InlineData("0MDQA9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    [InlineData("zmdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73")]
    public void What_is_no_hash_is_refused(string text) => Assert.False(NixBase32.TryDecode(text, 32, out _));
}
