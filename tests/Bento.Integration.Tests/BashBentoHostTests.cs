using System.IO.Compression;
using System.Text.RegularExpressions;
using Bento.Hosts;
using Bento.Publishing;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>
/// Hosts that still run bash bento, served by a real sshd, with a real Nix: they find what they look for, and their logs arrive under the
/// names they know.
/// </summary>
public sealed partial class BashBentoHostTests
{
    [Fact(Timeout = 120_000)]
    public async Task S6_A_host_that_runs_bash_bento_follows_a_flake_also_when_two_releases_come_in_one_minute()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        _ = await DeployAsync(fleet, server);

        Assert.Contains("ended with 0", await host.PollAsync(), StringComparison.Ordinal);
        Assert.Contains("nothing new", await host.PollAsync(), StringComparison.Ordinal);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "2" }));
        var second = await DeployAsync(fleet, server);
        Assert.Contains("ended with 0", await host.PollAsync(), StringComparison.Ordinal);

        var system = Assert.Single(second.Hosts).System!.Value;
        Assert.Equal(system.ToString(), new FileInfo(Path.Join(host.Run, "current-system")).LinkTarget);
        Assert.Contains($"_{system.BaseName}_success.log.gz", Logs(server, name).Select(log => log[13..]));
        Assert.All(Logs(server, name), log => Assert.Matches(LogName(), log));
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Join(host.Run, "switch-calls"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact(Timeout = 120_000)]
    public async Task S7_A_host_that_takes_an_old_configuration_for_a_new_one_switches_nothing()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        _ = await DeployAsync(fleet, server);
        _ = await host.PollAsync();

        // As after half a year, or when the clocks change: the line that it keeps does not fit any more.
        File.Delete(Path.Join(host.State, ".state"));
        var said = await host.PollAsync();

        Assert.Contains("already running", said, StringComparison.Ordinal);
        Assert.Contains("ended with 0", said, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path.Join(host.Run, "switch-calls"), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_without_a_flake_builds_by_its_own_channel()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteChannelHost(name.ToString(), "1");
        _ = await DeployAsync(fleet, server);

        Assert.Contains("ended with 0", await host.PollAsync(), StringComparison.Ordinal);

        Assert.EndsWith("-1_success.log.gz", Assert.Single(Logs(server, name)), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task S1_S5_A_build_that_fails_is_reported_as_a_failure_with_its_log_and_nothing_is_switched()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteChannelHost(name.ToString(), "1");
        _ = await DeployAsync(fleet, server);
        host.Replace("nix-build", "echo 'error: out of everything'; exit 1");

        Assert.Contains("ended with 1", await host.PollAsync(), StringComparison.Ordinal);

        var log = Assert.Single(Logs(server, name));
        Assert.EndsWith("_failure.log.gz", log, StringComparison.Ordinal);
        Assert.Contains("error: out of everything", await ReadAsync(server, name, log), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(host.Run, "switch-calls")));
    }

    [Fact(Timeout = 120_000)]
    public async Task S34_A_switch_that_fails_is_undone_and_reported_as_a_rollback()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        var first = Assert.Single((await DeployAsync(fleet, server)).Hosts).System!.Value;
        _ = await host.PollAsync();
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "2", SwitchExitCode = 2 }));
        _ = await DeployAsync(fleet, server);

        Assert.Contains("ended with 1", await host.PollAsync(), StringComparison.Ordinal);

        Assert.Contains($"_{first.BaseName}_rollback.log.gz", Logs(server, name).Select(log => log[13..]));
        Assert.Equal(first.ToString(), Path.GetFullPath(Shell.Run("readlink", "-f", host.Profile)));
    }

    [Fact(Timeout = 120_000)]
    public async Task S3_A_server_that_is_away_before_anything_was_switched_rolls_nothing_back()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        _ = await DeployAsync(fleet, server);
        _ = await host.PollAsync();
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "2" }));
        _ = await DeployAsync(fleet, server);

        // The content cannot be fetched: every transfer of the script fails, the old client's own do not.
        host.Replace("sftp", "case \"$*\" in *ServerAlive*) exit 255;; esac; exec /usr/bin/sftp \"$@\"");
        var said = await host.PollAsync();

        Assert.Contains("ended with 1", said, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path.Join(host.Run, "switch-calls"), TestContext.Current.CancellationToken));
        Assert.Equal(
            ["bootstrap.sh", ".state"], Directory.EnumerateFileSystemEntries(host.State).Select(Path.GetFileName).OrderDescending());
    }

    [Fact(Timeout = 120_000)]
    public async Task S10_A_server_with_another_host_key_than_the_pinned_one_gets_no_login()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        using var host = new BashBentoHost(server, name, fleet.Nix);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        var pinned = await File.ReadAllTextAsync(fleet.MakeKey("another-server") + ".pub", TestContext.Current.CancellationToken);
        _ = await fleet.DeployAsync(configure: options => options.Bootstrap = Bootstrap(server, pinned));

        var said = await host.PollAsync();

        Assert.Contains("could not be fetched", said, StringComparison.Ordinal);
        Assert.Empty(Logs(server, name));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_script_is_no_part_of_the_release_and_follows_a_server_that_moves()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = Fleet(server);
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        var area = Path.Join(server.AreasDirectory, name.ToString());
        _ = await fleet.DeployAsync();
        var release = await File.ReadAllTextAsync(Path.Join(area, "release.json"), TestContext.Current.CancellationToken);
        Assert.False(File.Exists(Path.Join(area, "config/bootstrap.sh")));

        var with = await DeployAsync(fleet, server);
        var moved = await fleet.DeployAsync(
            configure: options => options.Bootstrap = new BootstrapOptions { Host = "elsewhere.example.org" });

        Assert.All([with, moved], report => Assert.Equal(DeployOutcome.Unchanged, Assert.Single(report.Hosts).Outcome));
        Assert.Equal(release, await File.ReadAllTextAsync(Path.Join(area, "release.json"), TestContext.Current.CancellationToken));
        Assert.Contains(
            "server='elsewhere.example.org'",
            await File.ReadAllTextAsync(Path.Join(area, "config/bootstrap.sh"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static TestFleet Fleet(SshdServer server) => TestFleet.With(
        operators => operators.UseLocalDirectory(options =>
        {
            options.Directory = server.AreasDirectory;
            options.Ownership = AreaOwnership.SystemUsers;
        }),
        (_, _) => { });

    private static Task<DeployReport> DeployAsync(TestFleet fleet, SshdServer server) =>
        fleet.DeployAsync(configure: options => options.Bootstrap = Bootstrap(server, server.HostKey));

    private static BootstrapOptions Bootstrap(SshdServer server, string hostKey)
    {
        var options = new BootstrapOptions { Host = SshdServer.Address, Port = server.Port };
        options.HostKeys.Add(hostKey);
        return options;
    }

    private static IReadOnlyList<string> Logs(SshdServer server, HostName host) =>
        [.. Directory.EnumerateFiles(Path.Join(server.AreasDirectory, host.ToString(), "logs"))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)];

    private static async Task<string> ReadAsync(SshdServer server, HostName host, string log)
    {
        await using var file = File.OpenRead(Path.Join(server.AreasDirectory, host.ToString(), "logs", log));
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"\A[0-9]{8}-[0-9]{4}_[0-9a-z]{32}-nixos-system-[A-Za-z0-9.-]+_success\.log\.gz\z", RegexOptions.CultureInvariant)]
    private static partial Regex LogName();
}
