using System.Text;
using Bento.Building.Locks;

namespace Bento.Engine.Tests.Building.Locks;

public sealed class LocalInputsTests
{
    [Theory]
    [InlineData("""{ "type": "path", "path": "/home/me/dep" }""", "path:/home/me/dep")]
    [InlineData("""{ "type": "path", "path": "../common" }""", "path:../common")]
    [InlineData("""{ "type": "path", "path": "./a/../../common" }""", "path:./a/../../common")]
    [InlineData("""{ "type": "git", "url": "file:///srv/dep", "rev": "x" }""", "git+file:///srv/dep")]
    [InlineData("""{ "type": "tarball", "url": "file:///srv/dep.tar.gz" }""", "file:///srv/dep.tar.gz")]
    [InlineData("""{ "type": "path", "path": "./modules" }""", null)]
    [InlineData("""{ "type": "path", "path": "a/../b" }""", null)]
    [InlineData("""{ "type": "git", "url": "ssh://git@example.org/dep" }""", null)]
    [InlineData("""{ "type": "github", "owner": "o", "repo": "r" }""", null)]
    public void What_only_this_machine_has_is_told_from_what_hosts_can_fetch(string locked, string? expected)
    {
        var inputs = Read($$"""{ "root": { "inputs": { "dep": "d" } }, "d": { "locked": {{locked}} } }""");

        Assert.Equal(expected is null ? [] : [new LocalInput("dep", expected)], inputs);
    }

    [Fact]
    public void An_input_of_an_input_counts_once_and_what_is_relative_to_it_does_not()
    {
        var inputs = Read(
            """
            {
              "root": { "inputs": { "a": "a", "b": "b", "f": ["a"] } },
              "a": { "inputs": { "deep": "x", "own": "o" }, "locked": { "type": "github" } },
              "b": { "inputs": { "deep": "x", "a": "a" }, "locked": { "type": "github" } },
              "x": { "locked": { "type": "path", "path": "/x" } },
              "o": { "locked": { "type": "path", "path": "../own" }, "parent": ["a"] }
            }
            """);

        Assert.Equal([new LocalInput("a/deep", "path:/x")], inputs);
    }

    private static IReadOnlyList<LocalInput> Read(string nodes) =>
        FlakeLock.Parse(Encoding.UTF8.GetBytes($$"""{ "nodes": {{nodes}}, "root": "root", "version": 7 }""")).LocalInputs();
}
