using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

public sealed class ClosureManifestJsonTests
{
    private const string Golden =
        """
        {"schema":1,"store":"/nix/store","bundles":[{"sha256":"000003e800000000000000000000000000000000000000000000000000000000","size":300}],"paths":[{"path":"00000000000000000000000000000000-lib","narHash":"sha256-AA9CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","narSize":396,"references":[0],"sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":100,"bundle":0,"offset":0},{"path":"10000100001000010000100001000010-large","narHash":"sha256-AA9CQQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","narSize":210096,"references":[0],"sha256":"0000000100000000000000000000000000000000000000000000000000000000","size":70000},{"path":"20000200002000020000200002000020-nixos-system-h1","narHash":"sha256-AA9CQgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","narSize":696,"references":[0,1,2],"sha256":"0000000200000000000000000000000000000000000000000000000000000000","size":200,"bundle":0,"offset":100}]}
        """;

    [Fact]
    public void A_manifest_is_written_in_these_bytes_and_no_others() =>
        Assert.Equal(Golden, Encoding.UTF8.GetString(Unpacked(ClosureManifestJson.Write(SomeClosure.Of()))));

    [Fact]
    public void What_is_written_is_read_back() => SomeClosure.Any.Sample(manifest =>
    {
        var bytes = ClosureManifestJson.Write(manifest);

        Assert.Equal(bytes, ClosureManifestJson.Write(ClosureManifestJson.Read(bytes)));
    });

    [Fact]
    public void FP1_a_manifest_cut_at_any_byte_is_none()
    {
        var bytes = ClosureManifestJson.Write(SomeClosure.Of());

        Assert.All(
            Enumerable.Range(0, bytes.Length - 9),
            length => Assert.ThrowsAny<JsonException>(() => ClosureManifestJson.Read(bytes.AsMemory(0, length))));
    }

    [Fact]
    public void T1_bytes_that_are_flipped_are_read_as_a_manifest_or_refused_and_never_something_else() =>
        Gen.Select(Gen.Int[0, 2000], Gen.Byte, Gen.Bool).Sample((at, value, isPacked) =>
        {
            var bytes = isPacked ? ClosureManifestJson.Write(SomeClosure.Of()) : Encoding.UTF8.GetBytes(Golden);
            bytes[at % bytes.Length] = value;
            try
            {
                ClosureRule.Check(ClosureManifestJson.Read(isPacked ? bytes : Packed(bytes)));
            }
            catch (JsonException)
            {
                // Refused.
            }
        });

    [Theory]
    [InlineData("schema", "2")]
    [InlineData("schema", "0")]
    [InlineData("store", "\"\"")]
    [InlineData("store", "\"nix/store\"")]
    [InlineData("store", "\"/nix/../store\"")]
    [InlineData("store", "\"/nix/store/\"")]
    [InlineData("store", "null")]
    [InlineData("bundles", "null")]
    [InlineData("bundles", "[null]")]
    [InlineData("bundles", "[]")]
    [InlineData("bundles/0/sha256", "\"../../etc/passwd\"")]
    [InlineData("bundles/0/size", "0")]
    [InlineData("bundles/0/size", "299")]
    [InlineData("bundles/0/size", "-1")]
    [InlineData("bundles/0/size", "9223372036854775807")]
    [InlineData("paths", "[]")]
    [InlineData("paths", "[null]")]
    [InlineData("paths/0/path", "\"../store/00000000000000000000000000000000-lib\"")]
    [InlineData("paths/0/path", "\"sub/00000000000000000000000000000000-lib\"")]
    [InlineData("paths/0/path", "\"lib\"")]
    [InlineData("paths/0/path", "\"10000100001000010000100001000010-large\"")]
    [InlineData("paths/0/path", "\"10000100001000010000100001000010-another\"")]
    [InlineData("paths/0/path", "\"00000000000000000000000000000000-a\\nURL: x\"")]
    [InlineData("paths/0/narHash", "\"sha256:0000\"")]
    [InlineData("paths/0/narSize", "0")]
    [InlineData("paths/0/narSize", "1099511627777")]
    [InlineData("paths/0/size", "-1")]
    [InlineData("paths/0/size", "1e400")]
    [InlineData("paths/0/size", "101")]
    [InlineData("paths/0/sha256", "\"x\"")]
    [InlineData("paths/0/sha256", "\"0000000200000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("paths/0/references", "null")]
    [InlineData("paths/0/references", "[1]")]
    [InlineData("paths/0/references", "[-1]")]
    [InlineData("paths/0/references", "[3]")]
    [InlineData("paths/2/references", "[0,0,1]")]
    [InlineData("paths/2/references", "[1,0]")]
    [InlineData("paths/2/references", "[0,2]")]
    [InlineData("paths/2/references", "[0,1,2147483648]")]
    [InlineData("paths/0/bundle", "1")]
    [InlineData("paths/0/bundle", "-1")]
    [InlineData("paths/0/bundle", "null")]
    [InlineData("paths/0/offset", "null")]
    [InlineData("paths/0/offset", "-1")]
    [InlineData("paths/0/offset", "1")]
    [InlineData("paths/0/offset", "201")]
    [InlineData("paths/0/offset", "9223372036854775807")]
    [InlineData("paths/1/offset", "1")]
    [InlineData("paths/1/bundle", "0")]
    public void A_manifest_that_breaks_a_rule_is_refused(string place, string value) =>
        Assert.ThrowsAny<JsonException>(() => ClosureManifestJson.Read(Edited(root =>
        {
            var names = place.Split('/');
            var parent = names[..^1].Aggregate(
                (JsonNode)root, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
            parent[names[^1]] = JsonNode.Parse(value);
        })));

    [Fact]
    public void Every_member_that_is_missing_is_missed()
    {
        var root = JsonNode.Parse(Golden)!.AsObject();
        string[] names = [.. root.Select(member => member.Key)];
        string[] ofPath = [.. root["paths"]![0]!.AsObject().Select(member => member.Key)];

        Assert.All(names, name => Assert.ThrowsAny<JsonException>(() => ClosureManifestJson.Read(Edited(edited => edited.Remove(name)))));
        Assert.All(ofPath, name => Assert.ThrowsAny<JsonException>(
            () => ClosureManifestJson.Read(Edited(edited => edited["paths"]![0]!.AsObject().Remove(name)))));
    }

    [Fact]
    public void Members_of_a_later_version_are_passed_over() => Assert.Equal(
        SomeClosure.Of().System, ClosureManifestJson.Read(Edited(root => root["later"] = new JsonObject { ["deep"] = 1 })).System);

    [Fact]
    public void A_member_that_comes_twice_is_refused() => Assert.ThrowsAny<JsonException>(() => ClosureManifestJson.Read(
        Packed(Encoding.UTF8.GetBytes(Golden.Replace("\"schema\":1", "\"schema\":1,\"store\":\"/x\"", StringComparison.Ordinal)))));

    [Fact]
    public void T2_a_manifest_that_unpacks_without_end_is_refused_at_the_limit()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var spaces = new byte[1 << 20];
            spaces.AsSpan().Fill((byte)' ');
            for (var count = 0; count <= ClosureLimits.MaxUnpackedBytes; count += spaces.Length)
            {
                gzip.Write(spaces);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.ThrowsAny<JsonException>(() => ClosureManifestJson.Read(packed.ToArray()));

        Assert.Contains("unpacks to more than", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3L * ClosureLimits.MaxUnpackedBytes);
    }

    [Fact]
    public void T2_more_paths_than_a_host_takes_are_not_written_and_not_read()
    {
        ClosurePath[] paths = [.. Enumerable.Range(0, ClosureLimits.MaxPaths + 1).Select(
            index => SomeClosure.Path(index, "p", SomeClosure.Own(index, 1), index == 0 ? [] : [index - 1]))];

        Assert.Throws<FormatException>(() => ClosureManifestJson.Write(new ClosureManifest { Bundles = [], Paths = paths }));
        Assert.Throws<FormatException>(() => ClosureRule.Check(new ClosureManifest { Bundles = [], Paths = paths }));
        ClosureRule.Check(new ClosureManifest { Bundles = [], Paths = paths[..^1] });
    }

    [Fact]
    public void Paths_with_the_same_content_may_share_their_file()
    {
        var manifest = SomeClosure.Of();
        var same = SomeClosure.Path(7, "same", manifest.Paths[0].File, 0);

        ClosureRule.Check(manifest with
        {
            Paths = [manifest.Paths[0], same, manifest.Paths[1], manifest.Paths[2] with { References = [0, 1, 2] }],
        });
    }

    [Fact]
    public void Parts_of_a_bundle_that_overlap_are_refused()
    {
        var manifest = SomeClosure.Of();
        var system = manifest.Paths[2];

        Assert.Throws<FormatException>(() => ClosureRule.Check(manifest with
        {
            Paths = [manifest.Paths[0], manifest.Paths[1], system with { File = system.File with { Offset = 99 } }],
        }));
    }

    private static byte[] Edited(Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(Golden)!.AsObject();
        edit(root);
        return Packed(Encoding.UTF8.GetBytes(root.ToJsonString()));
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

    private static byte[] Unpacked(byte[] packed)
    {
        using var json = new MemoryStream();
        new GZipStream(new MemoryStream(packed), CompressionMode.Decompress).CopyTo(json);
        return json.ToArray();
    }
}
