using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bento.Protocol;

namespace Bento.Engine.Tests.Protocol;

public sealed class ClosurePatchJsonTests
{
    [Fact]
    public void A_patch_is_written_in_these_bytes_and_read_back()
    {
        var bytes = ClosureManifestJson.Write(Patched());

        Assert.Contains(
            $$$"""
            "patch":{"from":"30000300003000030000300003000030-large","fromSize":210000,"sha256":"{{{SomeClosure.Hash(40)}}}","size":5000}}
            """,
            Encoding.UTF8.GetString(Unpacked(bytes)),
            StringComparison.Ordinal);
        Assert.Equal(Patched().Paths[1].Patch, ClosureManifestJson.Read(bytes).Paths[1].Patch);
        Assert.Equal(5000, Patched().Files()[AreaPath.Patch(SomeClosure.Hash(40))]);
    }

    [Theory]
    [InlineData("from", "\"../x\"")]
    [InlineData("from", "null")]
    [InlineData("fromSize", "0")]
    [InlineData("fromSize", "1099511627777")]
    [InlineData("sha256", "\"x\"")]
    [InlineData("sha256", "\"0000000100000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("size", "0")]
    [InlineData("size", "-1")]
    [InlineData("bundle", "0")]
    [InlineData("offset", "0")]
    public void A_patch_that_breaks_a_rule_is_refused(string member, string value)
    {
        var root = JsonNode.Parse(Encoding.UTF8.GetString(Unpacked(ClosureManifestJson.Write(Patched()))))!;
        root["paths"]![1]!["patch"]![member] = JsonNode.Parse(value);

        Assert.ThrowsAny<JsonException>(() => ClosureManifestJson.Read(Packed(Encoding.UTF8.GetBytes(root.ToJsonString()))));
    }

    [Fact]
    public void A_file_in_a_bundle_is_never_longer_than_a_host_has_memory_for()
    {
        var tooLong = SomeClosure.Part(2, 100, ClosureLimits.MaxBundledBytes + 1);
        var some = SomeClosure.Of();

        Assert.Throws<FormatException>(() => ClosureRule.Check(some with
        {
            Bundles = [some.Bundles[0] with { Bytes = 1L << 30 }],
            Paths = [some.Paths[0], some.Paths[1], some.Paths[2] with { File = tooLong }],
        }));
    }

    private static ClosureManifest Patched()
    {
        var some = SomeClosure.Of();
        var patch = new ClosurePatch
        {
            From = SomeClosure.StorePath(3, "large"),
            FromBytes = 210_000,
            File = SomeClosure.Own(40, 5000),
        };
        return some with { Paths = [some.Paths[0], some.Paths[1] with { Patch = patch }, some.Paths[2]] };
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var json = new MemoryStream();
        new GZipStream(new MemoryStream(packed), CompressionMode.Decompress).CopyTo(json);
        return json.ToArray();
    }

    private static byte[] Packed(byte[] json)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(json);
        }

        return packed.ToArray();
    }
}
