using Bento.Engine.Tests.Trust;
using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>A publisher that has public keys only, and people who sign on machines of their own.</summary>
public sealed class OfflineSigningTests : IDisposable
{
    private readonly SshKey[] _keys = [SshKey.Make(), SshKey.Make(), SshKey.Make()];
    private readonly TempDirectory _media = new();
    private readonly DeployBench _bench;

    public OfflineSigningTests()
    {
        _bench = new DeployBench(parts: builder => builder.ConfigureSigning(options =>
        {
            options.Threshold = 2;
            foreach (var key in _keys)
            {
                options.KeyFiles.Add(key.File + ".pub");
            }
        }));
        _bench.Flake("lab", "h1", "h2");
    }

    public void Dispose()
    {
        _bench.Dispose();
        _media.Dispose();
        foreach (var key in _keys)
        {
            key.Dispose();
        }
    }

    [Fact]
    public async Task What_is_prepared_is_published_when_enough_people_signed_it_and_not_before()
    {
        Assert.Equal(["h1 Prepared 1", "h2 Prepared 1"], Lines(await PrepareAsync()));
        Assert.Empty(_bench.Changes());

        await SignAsync(_keys[0]);
        Assert.Equal(["h1 Failed ", "h2 Failed "], Lines(await PublishAsync()));
        Assert.Null(_bench.Current("h1"));
        await SignAsync(_keys[2]);
        Assert.Equal(["h1 Published 1", "h2 Published 1"], Lines(await PublishAsync()));

        Assert.Equal("h1\nh2", _bench.Shipped("h1", "flake.nix"));
        Assert.Equal(["h1 Unchanged 1", "h2 Unchanged 1"], Lines(await _bench.DeployAsync()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_bench.Directory.FullPath, ".bento", "staged")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_bench.Directory.FullPath, ".bento", "work")));
    }

    [Fact]
    public async Task T10_one_person_who_signs_twice_is_one_signer()
    {
        _ = await PrepareAsync();

        await SignAsync(_keys[0]);
        await SignAsync(_keys[0]);

        Assert.Single((await Signing().ReadAsync(_media["out"], Token)).Requests[0].Signers);
        Assert.Equal(["h1 Failed ", "h2 Failed "], Lines(await PublishAsync()));
    }

    [Fact]
    public async Task What_was_not_prepared_here_last_is_not_published_whoever_signed_it()
    {
        _ = await PrepareAsync();
        var request = (await Signing().ReadAsync(_media["out"], Token)).Requests[0];
        var other = ReleaseIdentity.WithId(request.Release with { Policy = request.Release.Policy with { Rollback = false } });
        SigningDirectory.Write(_media["out"], other, PayloadJson.Write(other), []);
        await SignAsync(_keys);

        var report = await PublishAsync();

        Assert.Equal(["h1 Failed ", "h2 Published 1"], Lines(report));
        Assert.Contains("not what was prepared here", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_prepared_before_something_else_was_published_is_not_published_after_it()
    {
        _ = await PrepareAsync();
        await SignAsync(_keys);
        Directory.Move(_media["out"], _media["old"]);
        var old = SigningDirectory.Read(_media["old"], new Dictionary<HostName, string>()).Requests[0];
        File.Delete(_media["old/h2.json"]);
        _bench.Flake("lab", "h1", "h2", "# new");
        _ = await PrepareAsync();
        await SignAsync(_keys);
        _ = await PublishAsync();
        var current = _bench.Current("h1")!;

        // As if the state of the publisher had been restored from a backup.
        _bench.Get<StagedReleases>().Put(old.Release, old.Payload, null);
        var report = await Signing().PublishAsync(_media["old"], null, Token);

        Assert.Equal(["h1 Failed "], Lines(report));
        Assert.Contains("the next one is 2", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(current.Id, _bench.Current("h1")!.Id);
    }

    [Fact]
    public async Task Content_that_was_lost_or_touched_meanwhile_is_not_published()
    {
        _ = await PrepareAsync();
        await SignAsync(_keys);
        var tree = Assert.Single(Directory.EnumerateDirectories(Path.Join(_bench.Directory.FullPath, ".bento", "staged")));
        await File.AppendAllTextAsync(Path.Join(tree, "tree", "flake.nix"), "# touched", Token);

        var report = await PublishAsync();

        Assert.All(report.Hosts, host => Assert.Contains("content is not here", host.Failure?.Message, StringComparison.Ordinal));
        Assert.Null(_bench.Current("h1"));
    }

    [Fact]
    public async Task A_refresh_is_signed_the_same_way_and_keeps_number_and_id()
    {
        _ = await PrepareAsync();
        await SignAsync(_keys);
        _ = await PublishAsync();
        var before = _bench.Current("h1")!;
        _bench.Clock.Advance(TimeSpan.FromDays(20));

        var refresh = await _bench.Get<IDeployer>().RefreshAsync(new RefreshRequest { ForSigning = _media["out"] }, null, Token);
        Assert.Equal(["h1 Prepared 1", "h2 Prepared 1"], Lines(refresh));
        Assert.Equal(before.Expires, _bench.Current("h1")!.Expires);
        await SignAsync(_keys);
        Assert.Equal(["h1 Published 1", "h2 Published 1"], Lines(await PublishAsync()));

        var after = _bench.Current("h1")!;
        Assert.Equal((before.Id, before.Number, before.Expires.AddDays(20)), (after.Id, after.Number, after.Expires));
        Assert.Equal(after.Expires, (await _bench.RecordAsync("h1")).Releases.Single().Release.Expires);
    }

    [Fact]
    public async Task A_release_that_expired_on_its_way_is_not_published()
    {
        _ = await PrepareAsync();
        await SignAsync(_keys);
        _bench.Clock.Advance(TimeSpan.FromDays(31));

        Assert.All((await PublishAsync()).Hosts, host => Assert.Contains("expired", host.Failure?.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_that_is_none_is_said()
    {
        _ = await Assert.ThrowsAsync<SigningException>(() => Signing().ReadAsync(_media["nowhere"], Token));
    }

    [Fact]
    public async Task A_file_that_is_no_release_holds_no_other_host_back()
    {
        _ = await PrepareAsync();
        _ = _media.WriteFile("out/h1.json", "{}");
        _ = _media.WriteFile("out/.h2.json", "an editor was here");
        _ = _media.WriteFile("out/my notes.json", "[]");

        var problem = Assert.Single((await Signing().ReadAsync(_media["out"], Token)).Problems);
        await SignAsync(_keys);
        var report = await PublishAsync();

        Assert.Equal("h1", problem.Host.ToString());
        Assert.Contains("h1.json", problem.Path, StringComparison.Ordinal);
        Assert.Equal(["h1 Failed ", "h2 Published 1"], Lines(report));
        Assert.Contains("h1.json", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "Its id is not that of what it says.")]
    [InlineData("attribute", "It names the attribute of another host.")]
    [InlineData("host", "It is a release of 'h2'.")]
    public async Task T11_a_release_that_is_not_what_it_says_is_not_shown_for_signing(string what, string reason)
    {
        _ = await PrepareAsync();
        var release = (await Signing().ReadAsync(_media["out"], Token)).Requests[0].Release;
        var forged = what switch
        {
            "id" => release with { Policy = release.Policy with { Rollback = !release.Policy.Rollback } },
            "attribute" => ReleaseIdentity.WithId(release with { Attribute = "h2" }),
            _ => ReleaseIdentity.WithId(release with { Host = Bento.HostName.Parse("h2") }),
        };
        await File.WriteAllBytesAsync(
            _media["out/h1.json"], ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(forged), [])), Token);

        var batch = await Signing().ReadAsync(_media["out"], Token);

        Assert.Equal("h2", Assert.Single(batch.Requests).Release.Host.ToString());
        Assert.Contains(reason, Assert.Single(batch.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    public async Task What_was_prepared_and_is_damaged_costs_its_own_host_only(string text)
    {
        _ = await PrepareAsync();
        await SignAsync(_keys);
        await File.WriteAllTextAsync(Path.Join(_bench.Directory.FullPath, ".bento", "staged", "h1.json"), text, Token);

        Assert.Equal(["h1 Failed ", "h2 Published 1"], Lines(await PublishAsync()));
        Assert.Equal(["h1 Prepared 1"], Lines(await PrepareAsync()).Where(line => line.StartsWith("h1", StringComparison.Ordinal)));
        await SignAsync(_keys);

        Assert.Equal("h1 Published 1", Lines(await PublishAsync()).First());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReleaseSigning Signing() => _bench.Get<IReleaseSigning>();

    private Task<DeployReport> PrepareAsync() =>
        _bench.Get<IDeployer>().DeployAsync(new DeployRequest { ForSigning = _media["out"] }, null, Token);

    private Task<DeployReport> PublishAsync() => Signing().PublishAsync(_media["out"], null, Token);

    /// <summary>Another machine: no Bento directory, no server.</summary>
    private async Task SignAsync(params SshKey[] keys)
    {
        using var elsewhere = new TempDirectory();
        await using var services = new ServiceCollection()
            .AddBento(options => options.Directory = elsewhere.FullPath)
            .ConfigureSigning(options => Array.ForEach(keys, key => options.KeyFiles.Add(key.File)))
            .Services.BuildServiceProvider();
        var signing = services.GetRequiredService<IReleaseSigning>();
        _ = await signing.SignAsync(_media["out"], (await signing.ReadAsync(_media["out"], Token)).Requests, Token);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.FullPath));
    }

    private static IEnumerable<string> Lines(DeployReport report) =>
        report.Hosts.Select(host => $"{host.Host} {host.Outcome} {host.Number}");
}
