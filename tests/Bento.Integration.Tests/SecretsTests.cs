using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>Secrets on their whole way, with the real age and a real Nix.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Password = "correct-horse-battery-staple";
    private const string Rotated = "another-horse-and-no-battery";
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Db = HostName.Parse("db");

    private readonly SecretsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData(Delivery.Configuration)]
    [InlineData(Delivery.System)]
    public async Task T12_a_secret_is_in_the_memory_of_its_host_and_in_the_clear_nowhere_else(Delivery delivery)
    {
        _bench.WriteSecret("wifi", "for-both-hosts");
        await _bench.DeployedAsync(host => host.Delivery = delivery);
        _ = await _bench.RunAgentAsync(Db);

        Assert.Equal((Password, "for-both-hosts"), (_bench.Secret(Web, "db.password"), _bench.Secret(Web, "wifi")));
        Assert.Equal((null, "for-both-hosts"), (_bench.Secret(Db, "db.password"), _bench.Secret(Db, "wifi")));

        // Store, areas, records, work directories, trees and reports of the agents.
        var hits = Shell.Try("grep", "-rlaF", "-e", Password, "-e", "for-both-hosts", _bench.Fleet.Nix.Root).Output;
        Assert.Equal(
            ["hosts/lab/secrets/web/db.password", "hosts/lab/secrets/wifi"],
            hits.Split('\n').Select(path => Path.GetRelativePath(_bench.Fleet.Directory, path)).Order(StringComparer.Ordinal));
        Assert.Empty(
            Directory.EnumerateFileSystemEntries(Path.Join(_bench.Fleet.Nix.StoreDirectory), "*password*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFileSystemEntries(
            Path.Join(_bench.Fleet.Directory, ".bento/areas"), "*password*", SearchOption.AllDirectories));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_secret_has_its_declared_owner_and_mode_and_its_directory_shows_nobody_which_there_are()
    {
        _bench.WriteSecret("web/tls/server.key", "key");
        await _bench.DeployedAsync(
            host => host.Secrets["tls/server.key"] = new SecretOptions { Owner = "daemon", Group = "nogroup", Mode = "0440" });

        Assert.Equal("daemon:nogroup 440", Shell.Run("stat", "-c", "%U:%G %a", Path.Join(_bench.Link(Web), "tls/server.key")));
        Assert.Equal("root:root 400", Shell.Run("stat", "-c", "%U:%G %a", Path.Join(_bench.Link(Web), "db.password")));
        Assert.Equal("root:root 711", Shell.Run("stat", "-L", "-c", "%U:%G %a", _bench.Link(Web)));
        Assert.Equal(
            (0, "key"), Shell.Try("setpriv", "--reuid=daemon", "--clear-groups", "cat", Path.Join(_bench.Link(Web), "tls/server.key")));
        Assert.NotEqual(
            0, Shell.Try("setpriv", "--reuid=daemon", "--clear-groups", "cat", Path.Join(_bench.Link(Web), "db.password")).ExitCode);
        Assert.NotEqual(0, Shell.Try("setpriv", "--reuid=daemon", "--clear-groups", "ls", _bench.Link(Web) + "/").ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_did_not_change_is_not_encrypted_again_and_what_did_is_a_new_release_without_a_switch()
    {
        await _bench.DeployedAsync();
        Assert.All((await _bench.DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Unchanged, host.Outcome));
        _bench.WriteSecret("web/db.password", Rotated);

        Assert.Equal(
            [(Db, DeployOutcome.Unchanged), (Web, DeployOutcome.Published)],
            (await _bench.DeployAsync()).Hosts.Select(host => (host.Host, host.Outcome)));
        var result = await _bench.RunAgentAsync(Web);

        Assert.Equal((AttemptOutcome.Succeeded, 1), (result.Outcome, _bench.Fleet.SwitchCount(Web)));
        Assert.Equal(Rotated, _bench.Secret(Web, "db.password"));
        Assert.Single(Directory.EnumerateDirectories(_bench.Link(Web) + ".d"));
        Assert.Equal(HostState.UpToDate, (await _bench.Fleet.StatusAsync(Web)).State);

        Directory.Delete(Path.Join(_bench.Fleet.Directory, "hosts/lab/secrets"), recursive: true);
        Assert.Equal(
            [(Db, DeployOutcome.Unchanged), (Web, DeployOutcome.Published)],
            (await _bench.DeployAsync()).Hosts.Select(host => (host.Host, host.Outcome)));
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.False(Path.Exists(_bench.Link(Web)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Link(Web) + ".d"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_publisher_that_lost_its_records_of_secrets_encrypts_once_more()
    {
        await _bench.DeployedAsync();
        Directory.Delete(Path.Join(_bench.Fleet.Directory, ".bento/secrets"), recursive: true);

        Assert.Equal([DeployOutcome.Unchanged, DeployOutcome.Published], (await _bench.DeployAsync()).Hosts.Select(host => host.Outcome));
        Assert.All((await _bench.DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Unchanged, host.Outcome));
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Secrets_go_back_with_the_system()
    {
        await _bench.DeployedAsync();
        _bench.WriteSecret("web/db.password", Rotated);
        _bench.Fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await _bench.DeployAsync();

        Assert.Equal(AttemptOutcome.RolledBack, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
        Assert.DoesNotContain(Rotated, Shell.Try("grep", "-raF", Rotated, _bench.Memory).Output, StringComparison.Ordinal);

        _bench.Fleet.WriteFlake("lab", ("web", new TestSystem { Version = "3" }), ("db", new TestSystem()));
        _ = await _bench.DeployAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal(Rotated, _bench.Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task First_secrets_are_gone_again_when_their_release_is_rolled_back()
    {
        Directory.Delete(Path.Join(_bench.Fleet.Directory, "hosts/lab/secrets"), recursive: true);
        await _bench.DeployedAsync();
        Assert.False(Path.Exists(_bench.Link(Web)));
        _bench.WriteSecret("web/db.password", Rotated);
        _bench.Fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await _bench.DeployAsync();

        Assert.Equal(AttemptOutcome.RolledBack, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.False(Path.Exists(_bench.Link(Web)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Link(Web) + ".d"));
    }
}
