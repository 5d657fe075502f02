using Bento.Building;
using Bento.Building.Store;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Store;

/// <summary>On a real Nix: files that are not what the database says of them, as after a power cut.</summary>
public sealed class StoreCheckTests : IDisposable
{
    private readonly NixBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task FB4_a_source_that_never_reached_the_disk_goes_with_all_that_needs_it_and_comes_back()
    {
        var source = _bench.Flake(new TestFlake().With("web"));
        var system = Assert.Single(await _bench.DerivationsAsync(source));
        var kernel = Empty("*-kernel-6.1");
        _ = Empty("*-source/flake.nix");

        var found = await CheckAsync(since: DateTimeOffset.UtcNow, inUse: []);

        Assert.False(File.Exists(kernel));
        Assert.False(File.Exists(system.Derivation.ToString()));
        Assert.Equal((true, 0), (found.Removed >= 3, found.Left.Count));
        Assert.Equal(system, Assert.Single(await _bench.DerivationsAsync(source)));
        Assert.Equal(0, (await CheckAsync(null, [])).Removed);
    }

    [Fact(Timeout = 120_000)]
    public async Task FB4_what_is_in_use_is_left_to_be_repaired_in_its_place()
    {
        var system = Assert.Single(await _bench.DerivationsAsync(_bench.Flake(new TestFlake().With("web"))));
        _ = await _bench.Builder.BuildAsync([system], new BuildSettings(), null, TestContext.Current.CancellationToken);
        _ = Empty($"{system.System.BaseName}/nixos-version");

        var found = await CheckAsync(null, [system.System]);

        Assert.Equal((0, system.System), (found.Removed, Assert.Single(found.Left)));
        Assert.True(Directory.Exists(system.System.ToString()));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_written_long_before_is_not_read_again()
    {
        _ = await _bench.DerivationsAsync(_bench.Flake(new TestFlake().With("web")));

        Assert.Equal(0, (await CheckAsync(DateTimeOffset.UtcNow.AddDays(3), [], now: DateTimeOffset.UtcNow.AddDays(4))).Read);
    }

    private async Task<StoreCheckResult> CheckAsync(DateTimeOffset? since, IReadOnlyCollection<StorePath> inUse, DateTimeOffset? now = null)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now ?? DateTimeOffset.UtcNow.AddSeconds(1));
        return await new StoreCheck(_bench.Nix, clock).RunAsync(
            _bench.Store.StoreDirectory, since, inUse, TestContext.Current.CancellationToken);
    }

    private string Empty(string pattern)
    {
        var parts = pattern.Split('/', 2);
        var top = Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Store.StoreDirectory, parts[0]));
        _ = Shell.Run("chmod", "-R", "u+w", top);
        var file = parts.Length == 1 ? top : Path.Join(top, parts[1]);
        File.WriteAllText(file, string.Empty);
        return file;
    }
}
