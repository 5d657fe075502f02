using System.Text;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.TestBench;

namespace Bento.Engine.Tests.Publishing;

/// <summary>Secrets on the side of the publisher, with the real age.</summary>
public sealed class SecretsDeployTests : IDisposable
{
    private readonly TempDirectory _keys = new();
    private readonly Dictionary<string, BentoHostOptions> _hosts = new(StringComparer.Ordinal);
    private readonly DeployBench _bench;

    public SecretsDeployTests()
    {
        _bench = new DeployBench(options =>
        {
            foreach (var (name, host) in _hosts)
            {
                options.Hosts[name] = host;
            }
        });
        _bench.Flake("lab", "h1", "h2");
    }

    public void Dispose()
    {
        _bench.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task Secrets_are_written_before_the_release_that_names_them()
    {
        _hosts["h1"] = new BentoHostOptions { PublicKey = Key("ed25519") };
        Secret("h1/a");

        await _bench.DeployAsync("h1");

        Assert.Equal(["h1 write content", "h1 write content", "h1 write release.json", "h1 write last_change_date"], _bench.Changes());
        var release = _bench.Current("h1")!;
        Assert.Equal(
            (2, "a", "root", SecretFile.DefaultMode),
            (release.MinimumAgent, release.Secrets!.Files[0].Path, release.Secrets.Files[0].Owner, release.Secrets.Files[0].Mode));
        Assert.StartsWith(
            "-----BEGIN AGE ENCRYPTED FILE-----", _bench.Text("h1", AreaPath.Secrets(release.Secrets.Archive)), StringComparison.Ordinal);
        Assert.Equal(release, ReleaseIdentity.WithId(release) with { Secrets = release.Secrets });
    }

    [Fact]
    public async Task Secrets_of_a_later_wave_are_those_that_were_planned_and_nobody_else_can_read_them_until_then()
    {
        _hosts["h1"] = _hosts["h2"] = new BentoHostOptions { PublicKey = Key("ed25519") };
        var beat = new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromMinutes(15), Agent = "1" };
        foreach (var host in new[] { "h1", "h2" })
        {
            _bench.Transport.Server.Put(HostName.Parse(host), "logs/beat.json", Encoding.UTF8.GetString(ReportJson.Write(beat)));
        }

        Secret("h2/a");
        var rollout = _bench.Get<IRollout>();
        await rollout.StartAsync(
            new RolloutRequest { Waves = [new(WaveSize.Parse("h1")), new(WaveSize.Parse("h2")) { NeedsApproval = true }] },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(_bench.Current("h2"));
        var pinned = Directory.GetFiles(_bench.Directory[".bento/rollout/pinned"]);
        var modes = pinned.ToDictionary(path => path, File.GetUnixFileMode);
        _bench.Directory.WriteFile("hosts/lab/secrets/h2/a", "another");
        _ = await _bench.Get<IDeployer>().PlanAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        // The first host never answers, somebody goes on without it, and approves the next wave when its time has come.
        for (var look = 0; look < 2; look++)
        {
            _bench.Clock.Advance(TimeSpan.FromHours(12));
            await rollout.ContinueAsync(
                new RolloutContinuation { Resume = true, Approve = look > 0 }, cancellationToken: TestContext.Current.CancellationToken);
        }

        var cipher = Assert.Single(pinned, path => path.EndsWith(".age", StringComparison.Ordinal));
        Assert.Equal(Path.GetFileNameWithoutExtension(cipher), _bench.Current("h2")!.Secrets!.Archive.ToString());
        Assert.All(
            pinned,
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, modes[path]));
    }

    [Fact]
    public async Task A_host_without_a_key_fails_by_name_and_the_others_are_published()
    {
        Secret("h1/a");

        var report = await _bench.DeployAsync();

        Assert.Equal(
            [("h1", DeployOutcome.Failed), ("h2", DeployOutcome.Published)],
            report.Hosts.Select(host => (host.Host.ToString(), host.Outcome)));
        Assert.Equal("'h1' has secrets and no publicKey in the settings, so nothing can be encrypted to it.", $"{report.Hosts[0].Failure}");
        Assert.Contains("hosts.h1.publicKey", report.Hosts[0].Failure?.NextStep?.Text, StringComparison.Ordinal);
        Assert.Null(_bench.Current("h1"));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public async Task T12_secrets_that_other_users_can_enter_are_remarked_on(UnixFileMode open)
    {
        _hosts["h1"] = new BentoHostOptions { PublicKey = Key("ed25519") };
        Secret("h1/a");
        File.SetUnixFileMode(
            _bench.Directory["hosts/lab/secrets"], open | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains(
            (await _bench.DeployAsync("h1")).Remarks,
            remark => remark.StartsWith("The secrets of hosts/lab can be read by other users", StringComparison.Ordinal));

        File.SetUnixFileMode(
            _bench.Directory["hosts/lab/secrets"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.DoesNotContain((await _bench.DeployAsync("h1")).Remarks, remark => remark.Contains("secrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_age_does_not_know_is_named()
    {
        _hosts["h1"] = new BentoHostOptions { PublicKey = Key("ecdsa") };
        Secret("h1/a");

        var host = (await _bench.DeployAsync("h1")).Hosts[0];

        Assert.Equal(
            "The secrets of 'h1' cannot be encrypted to its publicKey: age encrypts to keys of the types ssh-ed25519 and ssh-rsa, not to "
                + "one of type 'ecdsa-sha2-nistp256'.",
            host.Failure?.Message);
    }

    [Theory]
    [InlineData("twice", "The secret 'a' is there twice")]
    [InlineData("link", "is a symbolic link: a secret is a plain file")]
    [InlineData("name", "cannot be the name of a secret")]
    [InlineData("escape", "h1/a b' cannot be the name of a secret")]
    [InlineData("large", "have more than 1048576 bytes together")]
    [InlineData("declared", "declare a secret 'gone' of 'h1', and there is no such file")]
    public async Task What_cannot_be_a_secret_fails_its_host(string trouble, string reason)
    {
        _hosts["h1"] = new BentoHostOptions { PublicKey = Key("ed25519") };
        Secret("h1/a");
        switch (trouble)
        {
            case "twice": Secret("a"); break;
            case "link": File.CreateSymbolicLink(_bench.Directory["hosts/lab/secrets/h1/link"], "/etc/passwd"); break;
            case "name": Secret("h1/a b"); break;
            case "escape": Secret("h1/a\u001b[2J\n\u202eb"); break;
            case "large": File.WriteAllBytes(_bench.Directory["hosts/lab/secrets/h1/large"], new byte[SecretGrammar.MaxBytes]); break;
            default: _hosts["h1"].Secrets["gone"] = new SecretOptions(); break;
        }

        var host = (await _bench.DeployAsync("h1")).Hosts[0];

        Assert.Equal(DeployOutcome.Failed, host.Outcome);
        Assert.Contains(reason, host.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_of_secrets_that_is_named_like_no_host_is_a_problem_and_goes_to_nobody()
    {
        Secret("h3/a");

        var report = await _bench.DeployAsync();
        var again = await _bench.DeployAsync();

        Assert.All([report, again], each => Assert.Equal("hosts/lab/secrets/h3", Assert.Single(each.Problems).Path));
        Assert.All(report.Hosts, host => Assert.Equal(DeployOutcome.Published, host.Outcome));
        Assert.Null(_bench.Current("h1")!.Secrets);
    }

    [Fact]
    public async Task Another_key_another_owner_or_a_lost_file_on_the_server_is_published_anew()
    {
        _hosts["h1"] = new BentoHostOptions { PublicKey = Key("ed25519") };
        Secret("h1/a");
        await _bench.DeployAsync("h1");
        Assert.Equal(DeployOutcome.Unchanged, (await _bench.DeployAsync("h1")).Hosts[0].Outcome);

        _hosts["h1"].PublicKey = Key("rsa");
        Assert.Equal(DeployOutcome.Published, (await _bench.DeployAsync("h1")).Hosts[0].Outcome);
        _hosts["h1"].Secrets["a"] = new SecretOptions { Owner = "nginx", Mode = "0440" };
        Assert.Equal(DeployOutcome.Published, (await _bench.DeployAsync("h1")).Hosts[0].Outcome);
        _bench.Transport.Server.Put(HostName.Parse("h1"), AreaPath.Secrets(_bench.Current("h1")!.Secrets!.Archive), "cut");
        Assert.Equal(DeployOutcome.Published, (await _bench.DeployAsync("h1")).Hosts[0].Outcome);
        Assert.Equal(DeployOutcome.Unchanged, (await _bench.DeployAsync("h1")).Hosts[0].Outcome);
    }

    private void Secret(string path) => _bench.Directory.WriteFile($"hosts/lab/secrets/{path}", "secret");

    private string Key(string type)
    {
        var path = _keys[type];
        if (!File.Exists(path))
        {
            _ = Shell.Run("ssh-keygen", "-q", "-t", type, "-N", string.Empty, "-f", path);
        }

        return File.ReadAllText(path + ".pub");
    }
}
