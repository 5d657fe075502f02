using Bento.Building.Closures;

namespace Bento.Engine.Tests.Building.Closures;

public sealed class NarInfoTests
{
    /// <summary>As Nix 2.8 wrote it.</summary>
    private const string Written =
        """
        StorePath: /nix/store/1cnr2sq8gn1xkcig4qwfy42ibb7r9cny-nixos-system-x
        URL: nar/1k36ipp7sm78dc7pr09a5aagc4j7hlml8ckv9324ayz0g3li9lwz.nar.zst
        Compression: zstd
        FileHash: sha256:1k36ipp7sm78dc7pr09a5aagc4j7hlml8ckv9324ayz0g3li9lwz
        FileSize: 236
        NarHash: sha256:0ap1wsalzyxdv095chiwygna1px3ym686g6fvv3lrh0raqd3kp8g
        NarSize: 600
        References: 1cnr2sq8gn1xkcig4qwfy42ibb7r9cny-nixos-system-x j299zvl04f5r3vkyjl6hzcg434wqachz-dep

        """;

    [Fact]
    public void What_nix_writes_is_read_and_written_again() => Assert.Equal(Written, NarInfo.Parse(Written).ToString());

    [Fact]
    public void Fields_that_bento_does_not_need_are_passed_over()
    {
        var info = NarInfo.Parse(Written + "Deriver: zdwwbc9npshikbp64hc3a4kmvg9c6wip-x.drv\nSig: cache:AAAA\nCA: x\n");

        Assert.Equal((236, 600, 2), (info.FileBytes, info.NarBytes, info.References.Count));
        Assert.Equal("nar/1k36ipp7sm78dc7pr09a5aagc4j7hlml8ckv9324ayz0g3li9lwz.nar.zst", info.Url);
    }

    [Fact]
    public void A_path_that_refers_to_nothing_has_no_references() => Assert.Empty(
        NarInfo.Parse(string.Join('\n', Written.Split('\n').Where(line => !line.StartsWith("References")))).References);

    [Theory]
    [InlineData("StorePath: /nix/store/1cnr2sq8gn1xkcig4qwfy42ibb7r9cny-nixos-system-x", "StorePath: /etc/passwd")]
    [InlineData("Compression: zstd", "Compression: xz")]
    [InlineData("FileHash: sha256:", "FileHash: md5:")]
    [InlineData("NarHash: sha256:0", "NarHash: sha256:e")]
    [InlineData("FileSize: 236", "FileSize: -1")]
    [InlineData("NarSize: 600\n", "")]
    public void Anything_else_is_refused(string text, string other) =>
        Assert.Throws<FormatException>(() => NarInfo.Parse(Written.Replace(text, other, StringComparison.Ordinal)));
}
