using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>What happens when a host cannot open or place its secrets.</summary>
public sealed class LockedSecretsTests : IDisposable
{
    private const string Password = "correct-horse-battery-staple";
    private const string Rotated = "another-horse-and-no-battery";
    private static readonly HostName Web = HostName.Parse("web");

    private readonly SecretsBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task After_a_reboot_the_secrets_are_there_before_the_server_is_asked()
    {
        await _bench.DeployedAsync();
        _bench.Reboot();

        var result = await _bench.RunAgentAsync(Web, isReachable: () => false);

        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_damaged_record_of_what_is_in_force_holds_no_release_up_and_the_server_is_told()
    {
        await _bench.DeployedAsync();
        var record = Path.Join(_bench.Fleet.Nix.CreateDirectory("machines/web"), "state/secrets/record.json");
        await File.WriteAllTextAsync(record, "{", TestContext.Current.CancellationToken);
        _bench.WriteSecret("web/db.password", Rotated);
        _ = await _bench.DeployAsync();

        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal(Rotated, _bench.Secret(Web, "db.password"));
        Assert.True(File.Exists(record + ".bad-1"));
        var beat = Path.Join(_bench.Fleet.Directory, ".bento/areas/web/logs/beat.json");
        Assert.Contains(
            "record.json.bad-1", await File.ReadAllTextAsync(beat, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("damaged")]
    [InlineData("gone")]
    public async Task A_record_of_what_is_in_force_that_was_lost_is_known_from_the_journal_and_the_secrets_are_back_after_a_reboot(
        string trouble)
    {
        await _bench.DeployedAsync();
        var record = Path.Join(_bench.State, "record.json");
        File.Delete(record);
        if (trouble == "damaged")
        {
            await File.WriteAllTextAsync(record, "{", TestContext.Current.CancellationToken);
        }

        _bench.Reboot();

        Assert.Equal((AgentConclusion.UpToDate, null), SecretsBench.Brief(await _bench.RunAgentAsync(Web)));
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));

        // And the new record serves a release that goes wrong.
        _bench.WriteSecret("web/db.password", Rotated);
        _bench.Fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await _bench.DeployAsync();
        Assert.Equal(AttemptOutcome.RolledBack, (await _bench.RunAgentAsync(Web)).Outcome);
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("another key")]
    [InlineData("no key")]
    public async Task A_host_that_cannot_open_its_secrets_after_a_reboot_is_not_well_and_says_why_until_it_can(string trouble)
    {
        await _bench.DeployedAsync();
        _bench.Reboot();
        var stranger = _bench.Fleet.MakeKey("stranger");
        void Locked(AgentOptions options) => options.SecretsIdentityFile = trouble == "no key" ? "/nonexistent/key" : stranger;

        // With the server away nobody but the host can say it; once it is back, it is told.
        var (alone, reason) = SecretsBench.Brief(await _bench.RunAgentAsync(Web, Locked, () => false));
        Assert.Equal(AgentConclusion.Unreachable, alone);
        Assert.Contains(
            trouble == "no key" ? "/nonexistent/key" : "no identity matched any of the recipients", reason, StringComparison.Ordinal);
        Assert.Equal(AgentConclusion.UpToDate, SecretsBench.Brief(await _bench.RunAgentAsync(Web, Locked)).Conclusion);

        var status = await _bench.Fleet.StatusAsync(Web);
        Assert.Equal((HostState.UpToDate, StatusFlags.SecretsLocked, true), (status.State, status.Flags, status.NeedsAttention));
        Assert.Contains(reason!, status.Reason, StringComparison.Ordinal);

        Assert.Equal((AgentConclusion.UpToDate, null), SecretsBench.Brief(await _bench.RunAgentAsync(Web)));
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
        status = await _bench.Fleet.StatusAsync(Web);
        Assert.Equal((StatusFlags.None, false), (status.Flags, status.NeedsAttention));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_encrypted_archive_that_was_damaged_on_the_host_is_fetched_again_and_without_the_server_the_host_says_so()
    {
        await _bench.DeployedAsync();
        _bench.Reboot();
        await File.WriteAllTextAsync(
            Assert.Single(Directory.EnumerateFiles(_bench.State, "*.age")), "rot", TestContext.Current.CancellationToken);

        var (conclusion, reason) = SecretsBench.Brief(await _bench.RunAgentAsync(Web, isReachable: () => false));
        Assert.Equal(AgentConclusion.Unreachable, conclusion);
        Assert.Contains("The encrypted secrets changed on the disk of the host.", reason, StringComparison.Ordinal);

        Assert.Equal((AgentConclusion.UpToDate, null), SecretsBench.Brief(await _bench.RunAgentAsync(Web)));
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_key_that_does_not_open_them_is_a_failed_attempt_that_says_so_and_nothing_is_activated()
    {
        _ = await _bench.DeployAsync();

        var result = await _bench.RunAgentAsync(Web, options => options.SecretsIdentityFile = _bench.Fleet.MakeKey("stranger"));

        Assert.Equal(
            (AgentConclusion.Attempted, AttemptOutcome.ActivationFailed, 0),
            (result.Conclusion, result.Outcome, _bench.Fleet.SwitchCount(Web)));
        Assert.Contains("no identity matched any of the recipients. They are opened with", result.Reason!, StringComparison.Ordinal);
        Assert.False(Path.Exists(_bench.Link(Web)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Link(Web) + ".d"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_could_not_open_its_secrets_takes_the_release_when_it_can()
    {
        _ = await _bench.DeployAsync();
        Assert.Equal(
            AttemptOutcome.ActivationFailed,
            (await _bench.RunAgentAsync(Web, options => options.SecretsIdentityFile = _bench.Fleet.MakeKey("stranger"))).Outcome);

        Assert.Equal(AttemptOutcome.Succeeded, (await _bench.RunAgentAsync(Web, later: TimeSpan.FromHours(7))).Outcome);
        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_keeps_the_link_from_going_back_with_its_release_does_so_only_for_as_long_as_it_is_there()
    {
        await _bench.DeployedAsync();
        _bench.WriteSecret("web/db.password", Rotated);
        _bench.Fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }), ("db", new TestSystem()));
        _ = await _bench.DeployAsync();
        File.Delete(_bench.Link(Web));
        _ = Directory.CreateDirectory(_bench.Link(Web));
        _ = await _bench.RunAgentAsync(Web);

        Directory.Delete(_bench.Link(Web));
        _ = await _bench.RunAgentAsync(Web);

        Assert.Equal(Password, _bench.Secret(Web, "db.password"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("owner")]
    [InlineData("mode")]
    [InlineData("link")]
    public async Task A_place_for_secrets_that_somebody_else_made_is_not_used(string trouble)
    {
        Assert.SkipUnless(Shell.IsRoot, "needs root to give a directory away");
        _ = await _bench.DeployAsync();
        var place = _bench.Link(Web) + ".d";
        _ = Directory.CreateDirectory(trouble == "link" ? place + ".elsewhere" : place);
        _ = trouble switch
        {
            "owner" => Shell.Run("chown", "65534", place),
            "mode" => Shell.Run("chmod", "777", place),
            _ => Shell.Run("ln", "-s", place + ".elsewhere", place),
        };

        var result = await _bench.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.ActivationFailed, result.Outcome);
        Assert.Contains("Look who made it", result.Reason, StringComparison.Ordinal);
        Assert.False(Path.Exists(_bench.Link(Web)));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("owner")]
    [InlineData("disk")]
    public async Task Secrets_that_cannot_be_given_away_or_would_lie_on_a_disk_stop_the_attempt_before_the_switch(string trouble)
    {
        _ = await _bench.DeployAsync(
            trouble == "owner" ? host => host.Secrets["db.password"] = new SecretOptions { Owner = "not-yet" } : null);

        var result = await _bench.RunAgentAsync(
            Web, trouble == "disk" ? options => options.SecretsDirectory = Path.Join(_bench.Fleet.Directory, "run/secrets") : null);

        Assert.Equal((AttemptOutcome.ActivationFailed, 0), (result.Outcome, _bench.Fleet.SwitchCount(Web)));
        Assert.Contains(trouble == "owner"
            ? "The owner 'not-yet' of the secret 'db.password' is no user of this host."
            : "secrets are only put into memory", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, Shell.Try("grep", "-rlaF", Password, _bench.Memory).Output, StringComparison.Ordinal);
    }
}
