using Bento.Protocol;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>What changed little travels little: patches against the release before, by the real Nix and the real zstd.</summary>
[Trait("Uses", "Nix")]
public sealed class SmallHostPatchTests : IDisposable
{
    private const int LargeBytes = 2_000_000;
    private static readonly HostName Web = HostName.Parse("web");

    private readonly SmallHostBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Areas => Path.Join(_bench.Fleet.Directory, ".bento", "areas");

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task What_changed_little_is_made_of_what_the_host_has()
    {
        await RunAsync("1");
        var added = await PublishAsync("2");

        // The whole file is there for others; without it the host must do with less than a hundredth of it.
        var whole = Whole(added);
        Assert.InRange(new FileInfo(whole).Length, LargeBytes, LargeBytes * 2);
        Assert.InRange(added.Except([whole]).Sum(file => new FileInfo(file).Length), 1, LargeBytes / 100);
        File.Delete(whole);

        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal((await _bench.Fleet.StatusAsync(Web)).Expected?.ToString(), _bench.Fleet.Running(Web));
        Assert.Equal("2\n", (await File.ReadAllTextAsync(Large(), Token))[^2..]);
        Assert.DoesNotContain(_bench.Fleet.State(Web).Keys, path => path.Contains("/closure/", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_missed_a_release_fetches_whole_files()
    {
        await RunAsync("1");
        _ = await PublishAsync("2");
        var added = await PublishAsync("3");
        var whole = Whole(added);
        var bytes = await File.ReadAllBytesAsync(whole, Token);
        File.Delete(whole);

        Assert.Equal(AttemptOutcome.FetchFailed, (await _bench.RunAgentAsync(Web)).Outcome);
        await File.WriteAllBytesAsync(whole, bytes, Token);
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web, TimeSpan.FromDays(1))).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task FD5_what_comes_of_a_damaged_store_is_not_believed_and_the_whole_file_is_fetched()
    {
        await RunAsync("1");
        _ = await PublishAsync("2");
        var large = Large();
        var bytes = await File.ReadAllBytesAsync(large, Token);
        bytes[LargeBytes / 2] ^= 1;
        File.SetUnixFileMode(large, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(large, bytes, Token);
        File.SetUnixFileMode(large, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal("2\n", (await File.ReadAllTextAsync(Large(), Token))[^2..]);
    }

    [Fact(Timeout = 120_000)]
    public async Task T1_a_patch_with_a_flipped_bit_is_refused_like_any_file()
    {
        await RunAsync("1");
        var added = await PublishAsync("2");
        foreach (var file in added.Where(file => file.EndsWith(".bundle", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, Token);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Token);
        }

        var result = await _bench.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.FetchFailed, result.Outcome);
        Assert.Contains("that the release names", result.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_plan_counts_patches()
    {
        await RunAsync("1");
        _bench.LargeScript = SmallHostBench.Random(LargeBytes, "2");
        _bench.WriteSystems("2", "web");
        await using var services = _bench.Fleet.Operator(options => options.SystemDelivery = "*");

        var plan = await services.GetRequiredService<IDeployer>().PlanAsync(new PlanRequest(), null, Token);

        Assert.InRange(Assert.Single(plan.Hosts).FetchBytes!.Value, 1, LargeBytes / 100);
    }

    private async Task RunAsync(string version)
    {
        _ = await PublishAsync(version);
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
    }

    /// <returns>What came into the area.</returns>
    private async Task<IReadOnlyList<string>> PublishAsync(string version)
    {
        var store = Directory.CreateDirectory(Path.Join(Areas, "web", "store")).FullName;
        var before = Directory.GetFiles(store);
        _bench.LargeScript = SmallHostBench.Random(LargeBytes, version);
        _bench.WriteSystems(version, "web");
        Assert.All((await _bench.DeployAsync()).Hosts, host => Assert.Equal((DeployOutcome.Published, null), (host.Outcome, host.Failure)));
        _bench.Forget();
        return [.. Directory.GetFiles(store).Except(before)];
    }

    private static string Whole(IEnumerable<string> files) =>
        Assert.Single(files, file => file.EndsWith(".nar.zst", StringComparison.Ordinal));

    private string Large() => File.ReadAllText(Path.Join(_bench.Fleet.Running(Web), "needs")).Split(' ', StringSplitOptions.TrimEntries)
        .Single(path => path.EndsWith("-large", StringComparison.Ordinal));
}
