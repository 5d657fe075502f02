using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.Testing;
using Bento.Testing.Nix;

namespace Bento.Integration.Tests;

/// <summary>Secrets on their whole way, with the real age and a real Nix.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Password = "correct-horse-battery-staple";
    private const string Rotated = "another-horse-and-no-battery";
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Db = HostName.Parse("db");

    private readonly TestFleet _fleet = TestFleet.Local();
    private readonly string _memory = Directory.CreateDirectory($"/dev/shm/bento-test-{Guid.NewGuid():N}").FullName;

    public SecretsTests()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root gives files away");
        _fleet.WriteFlake("lab", ("web", new TestSystem()), ("db", new TestSystem()));
        WriteSecret("web/db.password", Password);
    }

    public void Dispose()
    {
        _fleet.Dispose();
        Directory.Delete(_memory, recursive: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task T12_a_secret_is_in_the_memory_of_its_host_and_in_the_clear_nowhere_else()
    {
        WriteSecret("wifi", "for-both-hosts");
        await DeployedAsync();
        _ = await RunAgentAsync(Db);

        Assert.Equal((Password, "for-both-hosts"), (Secret(Web, "db.password"), Secret(Web, "wifi")));
        Assert.Equal((null, "for-both-hosts"), (Secret(Db, "db.password"), Secret(Db, "wifi")));

        // Store, areas, records, work directories, trees and reports of the agents.
        var hits = Shell.Try("grep", "-rlaF", "-e", Password, "-e", "for-both-hosts", _fleet.Nix.Root).Output;
        Assert.Equal(
            ["hosts/lab/secrets/web/db.password", "hosts/lab/secrets/wifi"],
            hits.Split('\n').Select(path => Path.GetRelativePath(_fleet.Directory, path)).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_fleet.Nix.StoreDirectory), "*password*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_fleet.Directory, ".bento/areas"), "*password*", SearchOption.AllDirectories));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_secret_has_its_declared_owner_and_mode_and_its_directory_shows_nobody_which_there_are()
    {
        WriteSecret("web/tls/server.key", "key");
        await DeployedAsync(host => host.Secrets["tls/server.key"] = new SecretOptions { Owner = "daemon", Group = "nogroup", Mode = "0440" });

        Assert.Equal("daemon:nogroup 440", Shell.Run("stat", "-c", "%U:%G %a", Path.Join(Link(Web), "tls/server.key")));
        Assert.Equal("root:root 400", Shell.Run("stat", "-c", "%U:%G %a", Path.Join(Link(Web), "db.password")));
        Assert.Equal("root:root 711", Shell.Run("stat", "-L", "-c", "%U:%G %a", Link(Web)));
        Assert.Equal((0, "key"), Shell.Try("setpriv", "--reuid=daemon", "--clear-groups", "cat", Path.Join(Link(Web), "tls/server.key")));
        Assert.NotEqual(0, Shell.Try("setpriv", "--reuid=daemon", "--clear-groups", "cat", Path.Join(Link(Web), "db.password")).ExitCode);
        Assert.NotEqual(0, Shell.Try("setpriv", "--reuid=daemon", "--clear-groups", "ls", Link(Web) + "/").ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_did_not_change_is_not_encrypted_again_and_what_did_is_a_new_release_without_a_switch()
    {
        await DeployedAsync();
        Assert.All((await DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Unchanged, host.Outcome));
        WriteSecret("web/db.password", Rotated);

        Assert.Equal([(Db, DeployOutcome.Unchanged), (Web, DeployOutcome.Published)], (await DeployAsync()).Hosts.Select(host => (host.Host, host.Outcome)));
        var result = await RunAgentAsync(Web);

        Assert.Equal((AttemptOutcome.Succeeded, 1), (result.Outcome, _fleet.SwitchCount(Web)));
        Assert.Equal(Rotated, Secret(Web, "db.password"));
        Assert.Single(Directory.EnumerateDirectories(Link(Web) + ".d"));
        Assert.Equal(HostState.UpToDate, (await _fleet.StatusAsync(Web)).State);

        Directory.Delete(Path.Join(_fleet.Directory, "hosts/lab/secrets"), recursive: true);
        Assert.Equal([(Db, DeployOutcome.Unchanged), (Web, DeployOutcome.Published)], (await DeployAsync()).Hosts.Select(host => (host.Host, host.Outcome)));
        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web)).Outcome);
        Assert.False(Path.Exists(Link(Web)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Link(Web) + ".d"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_publisher_that_lost_its_records_of_secrets_encrypts_once_more()
    {
        await DeployedAsync();
        Directory.Delete(Path.Join(_fleet.Directory, ".bento/secrets"), recursive: true);

        Assert.Equal([DeployOutcome.Unchanged, DeployOutcome.Published], (await DeployAsync()).Hosts.Select(host => host.Outcome));
        Assert.All((await DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Unchanged, host.Outcome));
        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web)).Outcome);
        Assert.Equal(Password, Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Secrets_go_back_with_the_system()
    {
        await DeployedAsync();
        WriteSecret("web/db.password", Rotated);
        _fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await DeployAsync();

        Assert.Equal(AttemptOutcome.RolledBack, (await RunAgentAsync(Web)).Outcome);
        Assert.Equal(Password, Secret(Web, "db.password"));
        Assert.DoesNotContain(Rotated, Shell.Try("grep", "-raF", Rotated, _memory).Output, StringComparison.Ordinal);

        _fleet.WriteFlake("lab", ("web", new TestSystem { Version = "3" }), ("db", new TestSystem()));
        _ = await DeployAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web)).Outcome);
        Assert.Equal(Rotated, Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task First_secrets_are_gone_again_when_their_release_is_rolled_back()
    {
        Directory.Delete(Path.Join(_fleet.Directory, "hosts/lab/secrets"), recursive: true);
        await DeployedAsync();
        Assert.False(Path.Exists(Link(Web)));
        WriteSecret("web/db.password", Rotated);
        _fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await DeployAsync();

        Assert.Equal(AttemptOutcome.RolledBack, (await RunAgentAsync(Web)).Outcome);
        Assert.False(Path.Exists(Link(Web)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Link(Web) + ".d"));
    }

    [Fact(Timeout = 120_000)]
    public async Task After_a_reboot_the_secrets_are_there_before_the_server_is_asked()
    {
        await DeployedAsync();
        Reboot();

        var result = await RunAgentAsync(Web, isReachable: () => false);

        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Equal(Password, Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_damaged_record_of_what_is_in_force_holds_no_release_up_and_the_server_is_told()
    {
        await DeployedAsync();
        var record = Path.Join(_fleet.Nix.CreateDirectory("machines/web"), "state/secrets/record.json");
        await File.WriteAllTextAsync(record, "{", TestContext.Current.CancellationToken);
        WriteSecret("web/db.password", Rotated);
        _ = await DeployAsync();

        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web)).Outcome);
        Assert.Equal(Rotated, Secret(Web, "db.password"));
        Assert.True(File.Exists(record + ".bad-1"));
        var beat = Path.Join(_fleet.Directory, ".bento/areas/web/logs/beat.json");
        Assert.Contains("record.json.bad-1", await File.ReadAllTextAsync(beat, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("damaged")]
    [InlineData("gone")]
    public async Task A_record_of_what_is_in_force_that_was_lost_is_known_from_the_journal_and_the_secrets_are_back_after_a_reboot(string trouble)
    {
        await DeployedAsync();
        var record = Path.Join(State, "record.json");
        File.Delete(record);
        if (trouble == "damaged")
        {
            await File.WriteAllTextAsync(record, "{", TestContext.Current.CancellationToken);
        }

        Reboot();

        Assert.Equal((AgentConclusion.UpToDate, null), Brief(await RunAgentAsync(Web)));
        Assert.Equal(Password, Secret(Web, "db.password"));

        // And the new record serves a release that goes wrong.
        WriteSecret("web/db.password", Rotated);
        _fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await DeployAsync();
        Assert.Equal(AttemptOutcome.RolledBack, (await RunAgentAsync(Web)).Outcome);
        Assert.Equal(Password, Secret(Web, "db.password"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("another key")]
    [InlineData("no key")]
    public async Task A_host_that_cannot_open_its_secrets_after_a_reboot_is_not_well_and_says_why_until_it_can(string trouble)
    {
        await DeployedAsync();
        Reboot();
        var stranger = _fleet.MakeKey("stranger");
        void Locked(AgentOptions options) => options.SecretsIdentityFile = trouble == "no key" ? "/nonexistent/key" : stranger;

        // With the server away nobody but the host can say it; once it is back, it is told.
        var (alone, reason) = Brief(await RunAgentAsync(Web, Locked, () => false));
        Assert.Equal(AgentConclusion.Unreachable, alone);
        Assert.Contains(trouble == "no key" ? "/nonexistent/key" : "no identity matched any of the recipients", reason, StringComparison.Ordinal);
        Assert.Equal(AgentConclusion.UpToDate, Brief(await RunAgentAsync(Web, Locked)).Conclusion);

        var status = await _fleet.StatusAsync(Web);
        Assert.Equal((HostState.UpToDate, StatusFlags.SecretsLocked, true), (status.State, status.Flags, status.NeedsAttention));
        Assert.Contains(reason!, status.Reason, StringComparison.Ordinal);

        Assert.Equal((AgentConclusion.UpToDate, null), Brief(await RunAgentAsync(Web)));
        Assert.Equal(Password, Secret(Web, "db.password"));
        status = await _fleet.StatusAsync(Web);
        Assert.Equal((StatusFlags.None, false), (status.Flags, status.NeedsAttention));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_encrypted_archive_that_was_damaged_on_the_host_is_fetched_again_and_without_the_server_the_host_says_so()
    {
        await DeployedAsync();
        Reboot();
        await File.WriteAllTextAsync(Assert.Single(Directory.EnumerateFiles(State, "*.age")), "rot", TestContext.Current.CancellationToken);

        var (conclusion, reason) = Brief(await RunAgentAsync(Web, isReachable: () => false));
        Assert.Equal(AgentConclusion.Unreachable, conclusion);
        Assert.Contains("The encrypted secrets changed on the disk of the host.", reason, StringComparison.Ordinal);

        Assert.Equal((AgentConclusion.UpToDate, null), Brief(await RunAgentAsync(Web)));
        Assert.Equal(Password, Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_key_that_does_not_open_them_is_a_failed_attempt_that_says_so_and_nothing_is_activated()
    {
        _ = await DeployAsync();

        var result = await RunAgentAsync(Web, options => options.SecretsIdentityFile = _fleet.MakeKey("stranger"));

        Assert.Equal((AgentConclusion.Attempted, AttemptOutcome.ActivationFailed, 0), (result.Conclusion, result.Outcome, _fleet.SwitchCount(Web)));
        Assert.Contains("no identity matched any of the recipients. They are opened with", result.Reason!, StringComparison.Ordinal);
        Assert.False(Path.Exists(Link(Web)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Link(Web) + ".d"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_could_not_open_its_secrets_takes_the_release_when_it_can()
    {
        _ = await DeployAsync();
        Assert.Equal(AttemptOutcome.ActivationFailed, (await RunAgentAsync(Web, options => options.SecretsIdentityFile = _fleet.MakeKey("stranger"))).Outcome);

        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web, later: TimeSpan.FromHours(7))).Outcome);
        Assert.Equal(Password, Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_keeps_the_link_from_going_back_with_its_release_does_so_only_for_as_long_as_it_is_there()
    {
        await DeployedAsync();
        WriteSecret("web/db.password", Rotated);
        _fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await DeployAsync();
        File.Delete(Link(Web));
        _ = Directory.CreateDirectory(Link(Web));
        _ = await RunAgentAsync(Web);

        Directory.Delete(Link(Web));
        _ = await RunAgentAsync(Web);

        Assert.Equal(Password, Secret(Web, "db.password"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("owner")]
    [InlineData("mode")]
    [InlineData("link")]
    public async Task A_place_for_secrets_that_somebody_else_made_is_not_used(string trouble)
    {
        Assert.SkipUnless(Shell.IsRoot, "needs root to give a directory away");
        _ = await DeployAsync();
        var place = Link(Web) + ".d";
        _ = Directory.CreateDirectory(trouble == "link" ? place + ".elsewhere" : place);
        _ = trouble switch
        {
            "owner" => Shell.Run("chown", "65534", place),
            "mode" => Shell.Run("chmod", "777", place),
            _ => Shell.Run("ln", "-s", place + ".elsewhere", place),
        };

        var result = await RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.ActivationFailed, result.Outcome);
        Assert.Contains("Look who made it", result.Reason, StringComparison.Ordinal);
        Assert.False(Path.Exists(Link(Web)));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("owner")]
    [InlineData("disk")]
    public async Task Secrets_that_cannot_be_given_away_or_would_lie_on_a_disk_stop_the_attempt_before_the_switch(string trouble)
    {
        _ = await DeployAsync(trouble == "owner" ? host => host.Secrets["db.password"] = new SecretOptions { Owner = "not-yet" } : null);

        var result = await RunAgentAsync(Web, trouble == "disk" ? options => options.SecretsDirectory = Path.Join(_fleet.Directory, "run/secrets") : null);

        Assert.Equal((AttemptOutcome.ActivationFailed, 0), (result.Outcome, _fleet.SwitchCount(Web)));
        Assert.Contains(trouble == "owner" ? "The owner 'not-yet' of the secret 'db.password' is no user of this host." : "secrets are only put into memory", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, Shell.Try("grep", "-rlaF", Password, _memory).Output, StringComparison.Ordinal);
    }

    private async Task DeployedAsync(Action<BentoHostOptions>? configure = null)
    {
        Assert.All((await DeployAsync(configure)).Hosts, host => Assert.Equal((DeployOutcome.Published, null), (host.Outcome, host.Failure)));
        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web)).Outcome);
    }

    private string State => Path.Join(_fleet.Nix.CreateDirectory("machines/web"), "state/secrets");

    /// <summary>What lies in memory is gone.</summary>
    private void Reboot()
    {
        File.Delete(Link(Web));
        Directory.Delete(Link(Web) + ".d", recursive: true);
    }

    private static (AgentConclusion Conclusion, string? Locked) Brief(AgentResult result) => (result.Conclusion, result.LockedSecrets);

    private Task<DeployReport> DeployAsync(Action<BentoHostOptions>? configure = null) => _fleet.DeployAsync(configure: options =>
    {
        foreach (var host in new[] { Web, Db })
        {
            options.Hosts[host.ToString()] = new BentoHostOptions { PublicKey = File.ReadAllText(Key(host) + ".pub") };
        }

        configure?.Invoke(options.Hosts["web"]);
    });

    private Task<AgentResult> RunAgentAsync(HostName host, Action<AgentOptions>? configure = null, Func<bool>? isReachable = null, TimeSpan later = default) => _fleet.RunAgentAsync(
        host,
        options =>
        {
            options.SecretsDirectory = Link(host);
            options.SecretsIdentityFile = Key(host);
            configure?.Invoke(options);
        },
        isReachable,
        later);

    private string Link(HostName host) => Path.Join(_memory, host.ToString(), "secrets");

    private string? Secret(HostName host, string path) => File.Exists(Path.Join(Link(host), path)) ? File.ReadAllText(Path.Join(Link(host), path)) : null;

    private void WriteSecret(string path, string text)
    {
        var file = Path.Join(_fleet.Directory, "hosts/lab/secrets", path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Key(HostName host)
    {
        var path = Path.Join(_fleet.Nix.CreateDirectory("keys"), $"host-{host}");
        return File.Exists(path) ? path : _fleet.MakeKey($"host-{host}");
    }
}
