using Bento.Agents;
using Bento.Agents.Closures;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Agents.Closures;

public sealed class ClosureFetchTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly InMemoryTransport _transport = new();
    private readonly FakeStore _store = new();
    private readonly FakePatchTool _tool = new();
    private readonly List<(long Bytes, long Of)> _progress = [];
    private readonly ServedClosure _served;

    public ClosureFetchTests() => _served = new ServedClosure(_transport);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IOptions<AgentOptions> Options => Microsoft.Extensions.Options.Options.Create(
        new AgentOptions { StateDirectory = _directory["state"] });

    private string Nars => Directory.CreateDirectory(_directory["state/closure/nar"]).FullName;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task All_of_a_closure_arrives_and_can_be_taken_into_the_store()
    {
        await FetchAsync();

        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(_served.Manifest.System, Token));
        Assert.Equal(_served.Manifest.Paths.Count, _store.Paths.Count);
        Assert.False(Directory.Exists(_directory["state/closure"]));
    }

    [Fact]
    public async Task Whoever_watches_is_told_how_many_bytes_are_to_come_and_when_all_have()
    {
        await FetchAsync();

        var total = _served.Manifest.Files().Values.Sum();
        Assert.Equal((0, total), _progress[0]);
        Assert.Equal((total, total), _progress[^1]);
    }

    [Fact]
    public async Task A_system_that_the_store_has_costs_no_request()
    {
        _ = _store.Paths.Add(_served.Manifest.System);

        await FetchAsync();

        Assert.DoesNotContain(_transport.Calls, call => call.Operation != "connect");
    }

    [Fact]
    public async Task What_a_trusted_cache_has_is_not_fetched_from_the_area_where_the_host_asks_for_that()
    {
        _store.Substituters = [.. _served.Manifest.Paths.SkipLast(1).Select(path => path.Path)];
        await FetchAsync();
        Assert.NotEmpty(Reads(".nar.zst"));
        var before = Reads(".nar.zst").Count;
        Directory.Delete(_directory["state"], recursive: true);

        await FetchAsync(configure: options => options.UseSubstituters = true);

        Assert.Equal(before, Reads(".nar.zst").Count);
        Assert.Equal(_served.Manifest.Paths.Count - 1, _store.Paths.Count);
    }

    [Fact]
    public async Task A_cache_that_does_not_answer_holds_the_area_up_for_the_time_of_a_transfer_and_no_longer()
    {
        _store.Substituters = null;

        await FetchAsync(configure: options =>
        {
            options.UseSubstituters = true;
            options.TransferTimeout = TimeSpan.FromSeconds(2);
        });

        Assert.NotEmpty(Reads(".nar.zst"));
    }

    [Fact]
    public async Task FD1_a_closure_that_is_cut_off_at_random_bytes_goes_on_where_it_was()
    {
        var random = new Random(17);
        var cuts = 0;
        for (var done = false; !done;)
        {
            var before = Kept();
            try
            {
                await FetchAsync(area => new CuttingArea(area, random.Next(1, 30_000)));
                done = true;
            }
            catch (TransportException)
            {
                Assert.InRange(Kept(), before, long.MaxValue);
                cuts++;
            }
        }

        // 300 KB in pieces of 15 KB on average: what arrived was kept each time.
        Assert.InRange(cuts, 10, 60);
        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(_served.Manifest.System, Token));
    }

    [Theory]
    [InlineData(".closure.gz")]
    [InlineData(".bundle")]
    [InlineData(".nar.zst")]
    public async Task T1_a_flipped_bit_is_refused_and_right_bytes_are_taken_the_next_time(string suffix)
    {
        _transport.Corrupt = (path, bytes) =>
        {
            bytes[bytes.Length / 2] ^= path.EndsWith(suffix, StringComparison.Ordinal) ? (byte)1 : (byte)0;
            return bytes;
        };

        Assert.True((await Assert.ThrowsAsync<ContentException>(() => FetchAsync())).IsTransient);
        _transport.Corrupt = null;
        await FetchAsync();
    }

    [Theory]
    [InlineData(".closure.gz")]
    [InlineData(".bundle")]
    [InlineData(".nar.zst")]
    public async Task T2_less_or_more_than_the_release_names_is_refused(string suffix)
    {
        foreach (var change in new Func<byte[], byte[]>[] { bytes => bytes[..^1], bytes => [], bytes => [.. bytes, 0] })
        {
            _transport.Corrupt = (path, bytes) => path.EndsWith(suffix, StringComparison.Ordinal) ? change(bytes) : bytes;
            var refused = await Record.ExceptionAsync(() => FetchAsync());

            // More behind the end of a file of the store is never asked for.
            Assert.True(
                refused is ContentException or TransportException { Failure: TransportFailure.TooLarge }
                    || (change([1]).Length == 2 && suffix != ".closure.gz"),
                $"{refused}");
        }
    }

    [Fact]
    public async Task T11_a_closure_of_another_system_is_refused_for_good()
    {
        var other = _served.Release with { ExpectedSystem = _served.Manifest.Paths[0].Path };

        var refused = await Assert.ThrowsAsync<ContentException>(() => FetchAsync(release: other));

        Assert.False(refused.IsTransient);
        Assert.Contains("is that of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_on_the_server_is_named()
    {
        await using var session = await _transport.ConnectAsync(Token);
        Assert.True(await session.OpenArea(_served.Release.Host).DeleteAsync(AreaPath.Bundle(_served.Manifest.Bundles[0].Hash), Token));

        Assert.Contains(
            ".bundle', which the release names",
            (await Assert.ThrowsAsync<ContentException>(() => FetchAsync())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_fetched_for_another_release_goes()
    {
        await FetchAsync();
        var next = new ServedClosure(_transport);

        await FetchAsync(release: next.Release);

        Assert.Equal(next.Manifest.Paths.Select(path => path.File).Distinct().Count(), Directory.GetFiles(Nars).Length);
    }

    [Fact]
    public async Task FD5_a_file_that_was_damaged_on_the_disk_is_fetched_again()
    {
        await FetchAsync();
        var file = Directory.EnumerateFiles(Nars).First();
        await File.WriteAllBytesAsync(file, new byte[new FileInfo(file).Length], Token);
        _store.Failure = new BuildFailure(BuildFailureKind.Build, "hash mismatch");

        var failed = await new ClosureInstall(Options, _store).InstallAsync(_served.Manifest.System, Token);
        Assert.True(failed!.Value.IsTransient);
        await FetchAsync();

        // Whole files that Nix does not take are not the network's fault.
        Assert.False((await new ClosureInstall(Options, _store).InstallAsync(_served.Manifest.System, Token))!.Value.IsTransient);
    }

    [Fact]
    public async Task A_closure_that_does_not_fit_on_the_disk_is_not_begun()
    {
        var served = new ServedClosure(_transport);
        var manifest = served.Manifest with
        {
            Paths = [.. served.Manifest.Paths.Select(path => path with { NarBytes = ClosureLimits.MaxFileBytes })],
        };
        var bytes = ClosureManifestJson.Write(manifest);
        _transport.Server.Put(served.Release.Host, AreaPath.Manifest(ServedClosure.HashOf(bytes)), bytes);
        var calls = _transport.Calls.Count;

        var refused = await Assert.ThrowsAsync<ContentException>(() => FetchAsync(release: served.Release with
        {
            Closure = new ReleaseClosure { Manifest = ServedClosure.HashOf(bytes), ManifestBytes = bytes.Length },
        }));

        Assert.True(refused.IsTransient);
        Assert.Contains("MiB are free", refused.Message, StringComparison.Ordinal);
        Assert.Single(_transport.Calls.Skip(calls), call => call.Operation == "read");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_patch_that_leads_nowhere_costs_bytes_and_nothing_else(bool hasTool)
    {
        var store = Directory.CreateDirectory(_directory["store"]).FullName;
        var served = new ServedClosure(_transport, patch: [1, 2, 3], store: store);
        var from = served.Manifest.Paths.Single(path => path.Patch is not null).Patch!.From;
        await File.WriteAllTextAsync(from.ToString(), "before", Token);
        _ = _store.Paths.Add(from);
        _tool.IsThere = hasTool;

        await FetchAsync(release: served.Release);

        // What came of it was another archive than the one that the release names.
        Assert.Equal((hasTool ? 1 : 0, hasTool ? 1 : 0), (_tool.Applied, Reads(".patch").Count));
        Assert.Single(Reads(".nar.zst"));
        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(served.Manifest.System, Token));
        Assert.Equal(served.Manifest.Paths.Count + 1, _store.Paths.Count);
    }

    [Fact]
    public async Task A_patch_whose_beginning_the_store_lacks_is_not_fetched()
    {
        var served = new ServedClosure(_transport, patch: [1, 2, 3]);

        await FetchAsync(release: served.Release);

        Assert.Empty(Reads(".patch"));
        Assert.Single(Reads(".nar.zst"));
    }

    [Fact]
    public async Task An_archive_that_was_made_is_kept_for_the_next_attempt()
    {
        var store = Directory.CreateDirectory(_directory["store"]).FullName;
        byte[] archive = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
        var served = new ServedClosure(_transport, patch: archive, store: store, archive: archive);
        var from = served.Manifest.Paths.Single(path => path.Patch is not null).Patch!.From;
        await File.WriteAllTextAsync(from.ToString(), "before", Token);
        _ = _store.Paths.Add(from);

        await FetchAsync(release: served.Release);
        await FetchAsync(release: served.Release);

        Assert.Equal((1, 1, 0), (_tool.Applied, Reads(".patch").Count, Reads(".nar.zst").Count));
        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(served.Manifest.System, Token));
    }

    private List<string> Reads(string suffix) =>
        [.. _transport.Calls.Where(call => call.Operation == "read").Select(call => call.Path).Where(path => path.EndsWith(suffix))];

    private async Task FetchAsync(Func<IArea, IArea>? wrap = null, Release? release = null, Action<AgentOptions>? configure = null)
    {
        var options = Options;
        configure?.Invoke(options.Value);
        await using var session = await _transport.ConnectAsync(Token);
        var area = session.OpenArea(_served.Release.Host);
        var download = new ClosureDownload(options, new StepWatchdog(TimeProvider.System), TimeProvider.System);
        await new ClosureFetch(options, _store, download, new ClosureRebuild(_store, _tool), TimeProvider.System).FetchAsync(
            wrap?.Invoke(area) ?? area, release ?? _served.Release, (bytes, of) => _progress.Add((bytes, of)), Token);
    }

    private long Kept() => new DirectoryInfo(Nars).EnumerateFiles().Sum(file => file.Length);
}
