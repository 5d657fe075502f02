using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

public sealed class PayloadJsonTests
{
    private const string Golden =
        """
        {"schema":1,"fleet":"bento","host":"h1","epoch":0,"sequence":1,"id":"@id@","issued":"2026-01-02T03:04:05+00:00","expires":"2026-02-01T03:04:05+00:00","kind":"Flake","attribute":"h1","content":{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":1234,"files":5,"tree":"sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="},"expectedSystem":"/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-h1","policy":{"selfUpdate":false,"reboot":false,"rebootWindow":null,"rollback":true,"confirmSeconds":300,"healthChecks":[]},"minAgent":1}
        """;

    [Fact]
    public void A_release_is_written_in_these_bytes_and_no_others()
    {
        var text = Encoding.UTF8.GetString(PayloadJson.Write(SomeRelease.Of()));

        Assert.Equal(Golden.Replace("@id@", SomeRelease.Of().Id.ToString(), StringComparison.Ordinal), text);
    }

    [Fact]
    public void What_is_written_is_read_back() => SomeRelease.Any.Sample(release =>
    {
        var bytes = PayloadJson.Write(release);

        Assert.Equal(bytes, PayloadJson.Write(PayloadJson.Read(bytes)));
        Assert.Equal(release with { Policy = HostPolicy.Default }, PayloadJson.Read(bytes) with { Policy = HostPolicy.Default });
    });

    [Theory]
    [InlineData("0")]
    [InlineData("\"flake\"")]
    [InlineData("\"0\"")]
    [InlineData("\"Flake, Channel\"")]
    public void A_kind_has_one_form(string kind)
    {
        var text = Encoding.UTF8.GetString(PayloadJson.Write(SomeRelease.Of())).Replace("\"Flake\"", kind, StringComparison.Ordinal);

        Assert.Contains(
            "Kind",
            Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(Encoding.UTF8.GetBytes(text))).Message,
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void FP1_a_release_cut_at_any_byte_is_none()
    {
        var bytes = PayloadJson.Write(SomeRelease.Of());

        Assert.All(Enumerable.Range(
            0, bytes.Length), length => Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void T1_bytes_that_are_flipped_are_read_as_a_release_or_refused_and_never_something_else() =>
        Gen.Select(Gen.Int[0, 700], Gen.Byte).Sample((at, value) =>
        {
            var bytes = PayloadJson.Write(SomeRelease.Of());
            bytes[at % bytes.Length] = value;
            try
            {
                _ = PayloadJson.Read(bytes);
            }
            catch (JsonException)
            {
                // Refused.
            }
        });

    [Fact]
    public void Fields_of_a_later_version_are_passed_over()
    {
        var bytes = Edited(root =>
        {
            root["later"] = new JsonObject { ["deep"] = 1 };
            root["policy"]!["later"] = true;
        });

        Assert.Equal(SomeRelease.Of(), PayloadJson.Read(bytes) with { Policy = HostPolicy.Default });
    }

    [Theory]
    [InlineData("""{"schema":1,"schema":1""")]
    [InlineData("""{"host":"h2","schema":1""")]
    public void Names_that_come_twice_are_refused(string beginning)
    {
        var text = Encoding.UTF8.GetString(PayloadJson.Write(SomeRelease.Of()));

        Assert.ThrowsAny<JsonException>(
            () => PayloadJson.Read(Encoding.UTF8.GetBytes(text.Replace("""{"schema":1""", beginning, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(" x")]
    [InlineData("{}")]
    [InlineData("\0")]
    public void Anything_behind_the_end_is_refused(string tail) =>
        Assert.ThrowsAny<JsonException>(() => PayloadJson.Read([.. PayloadJson.Write(SomeRelease.Of()), .. Encoding.UTF8.GetBytes(tail)]));

    [Theory]
    [InlineData("$.schema", "2")]
    [InlineData("$.schema", "0")]
    [InlineData("$.schema", "\"1\"")]
    [InlineData("$.schema", "1.5")]
    [InlineData("$.fleet", "\"a/b\"")]
    [InlineData("$.fleet", "null")]
    [InlineData("$.host", "\"../h1\"")]
    [InlineData("$.host", "7")]
    [InlineData("$.epoch", "-1")]
    [InlineData("$.sequence", "0")]
    [InlineData("$.sequence", "-1")]
    [InlineData("$.sequence", "9223372036854775808")]
    [InlineData("$.sequence", "1e400")]
    [InlineData("$.id", "\"x\"")]
    [InlineData("$.issued", "\"yesterday\"")]
    [InlineData("$.issued", "0")]
    [InlineData("$.expires", "null")]
    [InlineData("$.kind", "\"Tarball\"")]
    [InlineData("$.kind", "7")]
    [InlineData("$.kind", "\"7\"")]
    [InlineData("$.kind", "null")]
    [InlineData("$.attribute", "null")]
    [InlineData("$.content", "null")]
    [InlineData("$.content", "[]")]
    [InlineData("$.content.sha256", "\"../../etc/passwd\"")]
    [InlineData("$.content.size", "-1")]
    [InlineData("$.content.files", "-1")]
    [InlineData("$.content.files", "4294967296")]
    [InlineData("$.content.tree", "\"md5-x\"")]
    [InlineData("$.expectedSystem", "\"/bin/sh\"")]
    [InlineData("$.policy", "null")]
    [InlineData("$.policy.rebootWindow", "\"night\"")]
    [InlineData("$.policy.confirmSeconds", "0")]
    [InlineData("$.policy.confirmSeconds", "86401")]
    [InlineData("$.policy.healthChecks", "null")]
    [InlineData("$.policy.healthChecks", "[null]")]
    [InlineData("$.policy.healthChecks", """[{"command":null,"http":null,"unit":null,"timeoutSeconds":1}]""")]
    [InlineData("$.policy.healthChecks", """[{"command":[null],"http":null,"unit":null,"timeoutSeconds":1}]""")]
    [InlineData("$.policy.healthChecks", """[{"command":[],"http":null,"unit":null,"timeoutSeconds":1}]""")]
    [InlineData("$.policy.healthChecks", """[{"command":["x"],"http":null,"unit":"x","timeoutSeconds":1}]""")]
    [InlineData("$.policy.healthChecks", """[{"command":null,"http":"file:///etc/passwd","unit":null,"timeoutSeconds":1}]""")]
    [InlineData("$.policy.healthChecks", """[{"command":null,"http":null,"unit":"x","timeoutSeconds":0}]""")]
    [InlineData("$.policy.healthChecks", """[{"command":null,"http":null,"unit":"x","timeoutSeconds":3601}]""")]
    public void A_value_out_of_its_grammar_is_refused(string path, string value) =>
        Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(Edited(root =>
        {
            var names = path[2..].Split('.');
            var parent = names[..^1].Aggregate((JsonNode)root, (node, name) => node[name]!);
            parent[names[^1]] = JsonNode.Parse(value);
        })));

    [Theory]
    [InlineData("closure", """{"sha256":"../../etc/passwd","size":1}""")]
    [InlineData("closure", """{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":0}""")]
    [InlineData("closure", """{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":8388609}""")]
    [InlineData("closure", """{"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}""")]
    [InlineData("expectedSystem", "null")]
    public void A_closure_of_no_system_or_without_a_proper_manifest_is_refused(string name, string value) =>
        Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(Edited(root =>
        {
            root["closure"] = new JsonObject { ["sha256"] = new string('0', 64), ["size"] = 1 };
            root[name] = JsonNode.Parse(value);
        })));

    [Fact]
    public void A_release_with_a_closure_is_read_as_it_was_written()
    {
        var release = ReleaseIdentity.WithId(SomeRelease.Of() with
        {
            Closure = new ReleaseClosure { Manifest = ContentHash.FromBytes(new byte[32]), ManifestBytes = ClosureLimits.MaxManifestBytes },
        });

        Assert.Equal(release.Closure, ReleaseFile.ReadPayload(PayloadJson.Write(release)).Closure);
    }

    [Fact]
    public void Every_field_that_is_missing_is_missed()
    {
        var names = JsonNode.Parse(PayloadJson.Write(SomeRelease.Of()))!.AsObject().Select(field => field.Key).ToList();

        Assert.All(names, name => Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(Edited(root => root.Remove(name)))));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"\"")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("// comment\n{}")]
    public void What_is_no_release_at_all_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void H10_depth_without_end_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => PayloadJson.Read(Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 30_000))));

    private static byte[] Edited(Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(PayloadJson.Write(SomeRelease.Of()))!.AsObject();
        edit(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
