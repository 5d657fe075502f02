using Bento.Agents;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>The main job with nothing replaced: a real Nix, a real sshd, a system user and a chroot for each host.</summary>
public sealed class MainJobOverSshTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_fleet_updates_itself_over_ssh_with_a_chroot_for_each_host()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 2);
        var (flake, channel) = (server.Hosts[0], server.Hosts[1]);
        using var fleet = InChroots(server);
        fleet.WriteFlake("lab", (flake.ToString(), new TestSystem { Version = "1" }));
        fleet.WriteChannelHost(channel.ToString(), "1");

        var first = await fleet.DeployAsync();
        Assert.All(first.Hosts, host => Assert.Equal(DeployOutcome.Published, host.Outcome));
        Assert.All(await fleet.StatusAsync(), status => Assert.Equal(HostState.NewMachine, status.State));

        foreach (var host in server.Hosts)
        {
            var result = await fleet.RunAgentAsync(host);
            Assert.Equal(
                (AgentConclusion.Attempted, AttemptOutcome.Succeeded, true), (result.Conclusion, result.Outcome, result.IsReported));
        }

        Assert.All(await fleet.StatusAsync(), status => Assert.Equal(HostState.UpToDate, status.State));
        Assert.Equal((await fleet.StatusAsync(flake)).Expected?.ToString(), fleet.Running(flake));

        fleet.WriteFlake("lab", (flake.ToString(), new TestSystem { Version = "2" }));
        var second = await fleet.DeployAsync();
        Assert.Equal(
            [(flake, DeployOutcome.Published), (channel, DeployOutcome.Unchanged)],
            second.Hosts.Select(host => (host.Host, host.Outcome)).OrderBy(pair => pair.Outcome == DeployOutcome.Unchanged));
        Assert.Equal(HostState.RebuildPending, (await fleet.StatusAsync(flake)).State);

        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(flake)).Outcome);
        Assert.Equal(AgentConclusion.UpToDate, (await fleet.RunAgentAsync(channel)).Conclusion);
        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(flake)).State);
        Assert.Equal((2, 1), (fleet.SwitchCount(flake), fleet.SwitchCount(channel)));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_operator_publishes_to_another_machine_over_sftp()
    {
        await using var server = await SshdServer.StartAsync();
        var host = HostName.Parse("web");
        var areas = Directory.CreateDirectory(Path.Join(server.AreasDirectory, "remote")).FullName;
        using var fleet = TestFleet.With(
            operators => operators.UseSftp(options =>
            {
                Login(server, options, server.UserName, server.KeyFileOf());
                options.Directory = areas;
            }),
            (agent, _) => agent.UseLocalDirectory(options => options.Directory = areas));
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem()));

        Assert.True((await fleet.DeployAsync()).IsSuccess);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(host)).Outcome);

        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(host)).State);
        Assert.Equal(DeployOutcome.Unchanged, Assert.Single((await fleet.DeployAsync()).Hosts).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task T1_a_server_with_another_host_key_gets_no_login_and_changes_nothing()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var host = server.Hosts[0];
        using var fleet = InChroots(server);
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(host);
        var running = fleet.Running(host);
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync();
        var pinned = server.HostKey;
        await server.StopAsync();
        server.ReplaceHostKeys();
        await server.StartAgainAsync();
        var before = server.Log.Length;

        using var deceived = InChroots(server, pinned);
        var result = await deceived.RunAgentAsync(host);

        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Contains("SHA256:", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("userauth-request", server.Log[before..], StringComparison.Ordinal);
        Assert.Equal(running, fleet.Running(host));
    }

    [Fact(Timeout = 120_000)]
    public async Task FO1_a_server_that_is_away_costs_nothing_but_the_poll()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var host = server.Hosts[0];
        using var fleet = InChroots(server);
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem()));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(host);
        await server.StopAsync();

        var away = await fleet.RunAgentAsync(host);
        await server.StartAgainAsync();
        var back = await fleet.RunAgentAsync(host);

        Assert.Equal((AgentConclusion.Unreachable, AgentConclusion.UpToDate), (away.Conclusion, back.Conclusion));
        Assert.Equal(1, fleet.SwitchCount(host));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(1, 3)]
    [InlineData(60, 5)]
    public async Task T9_a_release_that_drips_ends_at_the_deadline(int operationSeconds, int transferSeconds)
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var host = server.Hosts[0];
        await using var proxy = new ThrottledProxy(server.Port, freeBytes: 20_000, bytesPerSecond: 10);
        using var fleet = Slow(server, proxy, TimeSpan.FromSeconds(operationSeconds));
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem()));
        Assert.True((await fleet.DeployAsync()).IsSuccess);

        // Far more than a login needs: the drip begins within the release.
        await File.WriteAllBytesAsync(
            Path.Join(server.AreasDirectory, host.ToString(), "release.json"), new byte[60_000], TestContext.Current.CancellationToken);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var result = await fleet.RunAgentAsync(host, options => options.TransferTimeout = TimeSpan.FromSeconds(transferSeconds));

        Assert.Equal(AgentConclusion.Unreachable, result.Conclusion);
        Assert.Matches(operationSeconds < transferSeconds
            ? "did not answer within 1 s .*release.json"
            : "Reading the release did not end within 00:00:05.", result.Reason);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    [Fact(Timeout = 120_000)]
    public async Task T9_a_fetch_at_two_kilobytes_a_second_ends_at_the_deadline_and_is_tried_again()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var host = server.Hosts[0];
        await using var proxy = new ThrottledProxy(server.Port, freeBytes: 64_000, bytesPerSecond: 2000);
        using var fleet = Slow(server, proxy, TimeSpan.FromSeconds(5));
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem()));
        var noise = System.Security.Cryptography.RandomNumberGenerator.GetBytes(5_000_000);
        await File.WriteAllBytesAsync(Path.Join(fleet.Directory, "hosts/lab/noise"), noise, TestContext.Current.CancellationToken);
        Assert.True((await fleet.DeployAsync()).IsSuccess);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var result = await fleet.RunAgentAsync(host, options => options.TransferTimeout = TimeSpan.FromSeconds(3));

        Assert.Equal((AgentConclusion.Attempted, AttemptOutcome.FetchFailed), (result.Conclusion, result.Outcome));
        Assert.Contains("did not arrive within 00:00:03", result.Reason, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(45));
    }

    private static TestFleet Slow(SshdServer server, ThrottledProxy proxy, TimeSpan operationTimeout) => TestFleet.With(
        operators => operators.UseLocalDirectory(
            options => (options.Directory, options.Ownership) = (server.AreasDirectory, AreaOwnership.SystemUsers)),
        (agent, name) => agent.UseSftp(options =>
        {
            Login(server, options, name.ToString(), server.KeyFileOf(name));
            (options.Port, options.OperationTimeout) = (proxy.Port, operationTimeout);
        }).ConfigureRetries(options => options.MaxRetries = 0));

    [Fact(Timeout = 120_000)]
    public async Task A_resident_agent_takes_every_deploy_also_after_its_server_was_away()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var host = server.Hosts[0];
        using var fleet = InChroots(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await DeployAsync("1");
        var staying = fleet.StayAsync(host, stop.Token);
        await UntilAsync("1");

        await DeployAsync("2");
        await UntilAsync("2");
        await server.StopAsync();
        await DeployAsync("3");
        await server.StartAgainAsync();
        await UntilAsync("3");
        await stop.CancelAsync();
        await staying;

        Assert.Equal(3, fleet.SwitchCount(host));
        var status = await fleet.StatusAsync(host);
        Assert.True(status.State == HostState.UpToDate, status.Reason);

        async Task DeployAsync(string version)
        {
            fleet.WriteFlake("lab", (host.ToString(), new TestSystem { Version = version }));
            Assert.True((await fleet.DeployAsync()).IsSuccess);
        }

        // The result is the last that the agent writes about an attempt.
        async Task UntilAsync(string version)
        {
            while (fleet.Running(host)?.EndsWith($"-{version}", StringComparison.Ordinal) is not true
                || (await fleet.StatusAsync(host)).State != HostState.UpToDate)
            {
                Assert.False(staying.IsCompleted);
                await Task.Yield();
            }
        }
    }

    private static TestFleet InChroots(SshdServer server, string? pinned = null) => TestFleet.With(
        operators => operators.UseLocalDirectory(options =>
        {
            options.Directory = server.AreasDirectory;
            options.Ownership = AreaOwnership.SystemUsers;
        }),
        (agent, host) => agent
            .UseSftp(options => Login(server, options, host.ToString(), server.KeyFileOf(host), pinned))
            .ConfigureRetries(options => options.MaxRetries = 0));

    private static void Login(SshdServer server, Sftp.SftpOptions options, string user, string keyFile, string? pinned = null)
    {
        options.Host = SshdServer.Address;
        options.Port = server.Port;
        options.User = user;
        options.PrivateKeyFile = keyFile;
        options.HostKeys.Add(pinned ?? server.HostKey);
    }
}
