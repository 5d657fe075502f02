using Bento.Agents;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Hosts that get their system whole, on a real Nix: they evaluate and build nothing.</summary>
[Trait("Uses", "Nix")]
public sealed class SmallHostTests : IDisposable
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Db = HostName.Parse("db");

    private readonly SmallHostBench _bench = new();

    private string Areas => Path.Join(_bench.Fleet.Directory, ".bento", "areas");

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task A_host_gets_its_system_whole_and_neither_evaluates_nor_builds()
    {
        _bench.WriteSystems("1", "web");
        Assert.All((await _bench.DeployAsync()).Hosts, host => Assert.Equal((DeployOutcome.Published, null), (host.Outcome, host.Failure)));
        var system = (await _bench.Fleet.StatusAsync(Web)).Expected!.Value;
        _bench.Forget();
        Assert.False(Path.Exists(system.ToString()));

        var result = await _bench.RunAgentAsync(Web);

        Assert.Equal((AttemptOutcome.Succeeded, true), (result.Outcome, result.IsReported));
        Assert.Equal(system.ToString(), _bench.Fleet.Running(Web));
        Assert.Equal(SmallHostBench.SmallPaths + 2, (await File.ReadAllTextAsync(
            Path.Join(system.ToString(), "needs"), TestContext.Current.CancellationToken)).Split(' ').Length);
        Assert.Equal(HostState.UpToDate, (await _bench.Fleet.StatusAsync(Web)).State);
        Assert.DoesNotContain(_bench.Fleet.State(Web).Keys, path => path.Contains("/closure/", StringComparison.Ordinal));
        Assert.DoesNotContain(
            "eval", await File.ReadAllTextAsync(_bench.Calls, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Nothing on the host but its profile and the root of the agent keeps the system.
        _bench.Forget();
        Assert.True(Path.Exists(system.ToString()));
        Assert.Equal(AgentConclusion.UpToDate, (await _bench.RunAgentAsync(Web)).Conclusion);
        Assert.All((await _bench.DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Unchanged, host.Outcome));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_release_that_is_signed_elsewhere_comes_with_its_closure()
    {
        _bench.WriteSystems("1", "web");
        var media = Path.Join(_bench.Fleet.Nix.CreateDirectory("media"), "out");
        await using var services = _bench.Fleet.Operator(options => options.SystemDelivery = "*");
        var token = TestContext.Current.CancellationToken;
        var prepared = await services.GetRequiredService<IDeployer>().DeployAsync(new DeployRequest { ForSigning = media }, null, token);
        Assert.All(prepared.Hosts, host => Assert.Equal((DeployOutcome.Prepared, null), (host.Outcome, host.Failure)));
        Assert.False(Directory.Exists(Path.Join(Areas, "web", "store")));

        var signing = services.GetRequiredService<IReleaseSigning>();
        _ = await signing.SignAsync(media, (await signing.ReadAsync(media, token)).Requests, token);
        var report = await signing.PublishAsync(media, null, token);
        _bench.Forget();

        Assert.All(report.Hosts, host => Assert.Equal((DeployOutcome.Published, null), (host.Outcome, host.Failure)));
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task Hosts_that_share_paths_share_their_files_and_read_nothing_of_each_other()
    {
        _bench.WriteSystems("1", "web", "db");
        Assert.True((await _bench.DeployAsync()).IsSuccess);

        var (web, db) = (SmallHostBench.Stored(Areas, Web), SmallHostBench.Stored(Areas, Db));

        // One large file and one bundle are the same; each has a bundle of its own.
        var shared = web.Select(Path.GetFileName).Intersect(db.Select(Path.GetFileName)).ToList();
        Assert.Equal((3, 3, 2), (web.Count, db.Count, shared.Count));
        Assert.All(shared, name => Assert.Equal(
            Bento.TestBench.Shell.Run("stat", "-c", "%i", Path.Join(Areas, "web", "store", name)),
            Bento.TestBench.Shell.Run("stat", "-c", "%i", Path.Join(Areas, "db", "store", name))));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_release_costs_what_changed_and_going_back_costs_nothing()
    {
        _bench.WriteSystems("1", "web");
        _ = await _bench.DeployAsync();
        _bench.Forget();
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        var (first, before) = (_bench.Fleet.Running(Web), SmallHostBench.Stored(Areas, Web));

        _bench.WriteSystems("2", "web");
        Assert.True((await _bench.DeployAsync()).IsSuccess);
        _bench.Forget();
        var added = SmallHostBench.Stored(Areas, Web).Except(before).ToList();

        // What did not change is not asked for: without it in the area the host gets on.
        before.ToList().ForEach(File.Delete);
        Assert.EndsWith(".bundle", Assert.Single(added), StringComparison.Ordinal);
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.NotEqual(first, _bench.Fleet.Running(Web));

        await using var services = _bench.Fleet.Operator(options => options.SystemDelivery = "*");
        var back = await services.GetRequiredService<IDeployer>().RollBackAsync(
            new RollBackRequest(), null, TestContext.Current.CancellationToken);
        Assert.All(back.Hosts, host => Assert.Equal((DeployOutcome.Published, null), (host.Outcome, host.Failure)));
        Directory.Delete(Path.Join(Areas, "web", "store"), recursive: true);
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal(first, _bench.Fleet.Running(Web));
    }

    [Fact(Timeout = 120_000)]
    public async Task T1_a_file_of_a_closure_with_a_flipped_bit_is_refused_and_fetched_again_when_it_is_right()
    {
        _bench.WriteSystems("1", "web");
        _ = await _bench.DeployAsync();
        _bench.Forget();
        var days = 0;
        foreach (var file in SmallHostBench.Stored(Areas, Web))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

            var result = await _bench.RunAgentAsync(Web, TimeSpan.FromDays(++days));

            Assert.Equal(AttemptOutcome.FetchFailed, result.Outcome);
            Assert.Contains("that the release names", result.Reason, StringComparison.Ordinal);
            Assert.Null(_bench.Fleet.Running(Web));
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

            // What else arrived is kept; the next file is to be fetched, too.
            Directory.Delete(Path.Join(_bench.Fleet.Nix.CreateDirectory("machines/web"), "state", "closure"), recursive: true);
        }

        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web, TimeSpan.FromDays(++days))).Outcome);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task What_a_cache_has_that_the_host_trusts_need_not_come_from_the_area(bool isTrusted, bool isThere, bool suffices)
    {
        _bench.WriteSystems("1", "web");
        _ = await _bench.DeployAsync();
        var cache = _bench.Fleet.Nix.CreateDirectory("public-cache");
        _bench.PutIntoCache(cache, (await _bench.Fleet.StatusAsync(Web)).Expected!.Value, isTrusted);
        _bench.Forget();
        var large = SmallHostBench.Stored(Areas, Web).Single(path => path.EndsWith(".nar.zst", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(large, TestContext.Current.CancellationToken);
        File.Delete(large);
        if (!isThere)
        {
            Directory.Delete(cache, recursive: true);
        }

        // Without the large file in the area only a cache can help.
        var result = await _bench.RunAgentAsync(Web, configure: options => options.UseSubstituters = true);
        Assert.Equal(suffices ? AttemptOutcome.Succeeded : AttemptOutcome.FetchFailed, result.Outcome);

        await File.WriteAllBytesAsync(large, bytes, TestContext.Current.CancellationToken);
        var again = await _bench.RunAgentAsync(Web, TimeSpan.FromDays(1), options => options.UseSubstituters = true);
        Assert.Equal(suffices ? AgentConclusion.UpToDate : AgentConclusion.Attempted, again.Conclusion);
        Assert.Equal((await _bench.Fleet.StatusAsync(Web)).Expected?.ToString(), _bench.Fleet.Running(Web));
    }

    [Fact(Timeout = 120_000)]
    public async Task T11_the_manifest_of_another_host_is_refused()
    {
        _bench.WriteSystems("1", "web", "db");
        _ = await _bench.DeployAsync();
        _bench.Forget();
        var (own, other) = (Manifest(Web), Manifest(Db));
        File.Copy(other, own, overwrite: true);

        var result = await _bench.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.FetchFailed, result.Outcome);
        Assert.Matches(@"\.closure\.gz' (that the release names|is longer than)", result.Reason);
        Assert.Null(_bench.Fleet.Running(Web));

        string Manifest(HostName host) =>
            Assert.Single(Directory.EnumerateFiles(Path.Join(Areas, host.ToString(), "content"), "*.closure.gz"));
    }
}
