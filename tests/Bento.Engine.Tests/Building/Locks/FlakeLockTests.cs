using System.Text;
using System.Text.Json;
using Bento.Building.Locks;

namespace Bento.Engine.Tests.Building.Locks;

public sealed class FlakeLockTests
{
    private const string Lock =
        """
        {
          "nodes": {
            "home": { "inputs": { "nixpkgs": ["nixpkgs"], "own": "own" }, "locked": { "type": "github", "rev": "aaa1", "lastModified": 1700000000, "narHash": "sha256-h" } },
            "nixpkgs": { "locked": { "rev": "bbb1", "lastModified": 1700000001 } },
            "own": { "locked": { "narHash": "sha256-own", "path": "/x", "type": "path" } },
            "root": { "inputs": { "home": "home", "nixpkgs": "nixpkgs" } }
          },
          "root": "root",
          "version": 7
        }
        """;

    [Fact]
    public void Inputs_are_known_by_name_and_by_what_they_are_locked_to()
    {
        var parsed = Parse(Lock);

        Assert.Equal(["home", "nixpkgs"], parsed.Inputs);
        Assert.Equal(
            ["home aaa1", "home/own sha256-own", "nixpkgs bbb1"],
            parsed.Revisions().Select(revision => $"{revision.Key} {revision.Value.Id}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000001), parsed.Revisions()["nixpkgs"].Modified);
    }

    [Fact]
    public void What_moved_is_what_has_another_revision()
    {
        var moved = Parse(Lock.Replace("bbb1", "bbb2", StringComparison.Ordinal)
            .Replace("\"own\": \"own\"", "\"new\": \"own\"", StringComparison.Ordinal));

        Assert.Equal(
            ["home/new none sha256-own", "home/own sha256-own none", "nixpkgs bbb1 bbb2"],
            FlakeLock.Moves(Parse(Lock), moved).Select(move => $"{move.Input} {move.From?.Id ?? "none"} {move.To?.Id ?? "none"}"));
    }

    [Fact]
    public void An_input_that_is_forgotten_leaves_the_others_as_they_are()
    {
        var without = FlakeLock.Parse(Parse(Lock).Without("nixpkgs"));

        Assert.Equal(["home"], without.Inputs);
        Assert.Equal("aaa1", without.Revisions()["home"].Id);
    }

    [Fact]
    public void Nodes_that_refer_to_each_other_in_a_circle_end()
    {
        var parsed = Parse(
            """{ "nodes": { "root": { "inputs": { "a": "a" } }, "a": { "inputs": { "a": "a" }, "locked": { "rev": "1" } } }, "root": "root" }""");

        Assert.Contains("a/a", parsed.Revisions().Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "nodes": 1 }""")]
    public void What_is_no_lock_file_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => Parse(text));

    [Theory]
    [InlineData("""{ "nodes": { "root": { "inputs": { "a": 7 } } }, "root": "root" }""")]
    [InlineData("""{ "nodes": { "root": { "inputs": [] } }, "root": 5 }""")]
    [InlineData("""{ "nodes": { "root": { "inputs": { "a": "a" } }, "a": { "locked": { "rev": 1, "lastModified": "x" } } } }""")]
    public void What_is_not_understood_is_left_out(string text) => Assert.Empty(Parse(text).Revisions());

    private static FlakeLock Parse(string text) => FlakeLock.Parse(Encoding.UTF8.GetBytes(text));
}
