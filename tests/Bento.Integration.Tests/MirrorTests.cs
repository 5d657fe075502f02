using System.Text.RegularExpressions;
using Bento.Agents;
using Bento.Protocol;
using Bento.Sftp;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Two servers that have the same areas, kept so by the commands of docs/scale.md.</summary>
public sealed partial class MirrorTests
{
    [Fact(Timeout = 240_000)]
    public async Task A_host_whose_server_is_dead_updates_from_the_mirror_and_its_report_comes_home()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rsync"), "rsync is not installed");
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        await using var mirror = await server.StartSecondAsync();
        var host = server.Hosts[0];
        using var fleet = TestFleet.With(
            operators => operators.UseLocalDirectory(
                options => (options.Directory, options.Ownership) = (server.AreasDirectory, AreaOwnership.SystemUsers)),
            (agent, name) => agent
                .UseSftp(options => Login(server, options, name.ToString()))
                .AddSftpAlternative(options => Login(mirror, options, name.ToString()))
                .ConfigureRetries(options => options.MaxRetries = 0));
        await PublishAsync("1");
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(host)).Outcome);

        await PublishAsync("2");
        await server.StopAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(host)).Outcome);
        Assert.EndsWith("-2", fleet.Running(host), StringComparison.Ordinal);
        Assert.NotEqual(HostState.UpToDate, (await fleet.StatusAsync(host)).State);
        Mirror();
        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(host)).State);

        // The first one is back, and the mirror is behind.
        await server.StartAgainAsync();
        fleet.WriteFlake("lab", (host.ToString(), new TestSystem { Version = "3" }));
        Assert.True((await fleet.DeployAsync()).IsSuccess);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(host)).Outcome);
        await server.StopAsync();
        Assert.NotEqual(AgentConclusion.Attempted, (await fleet.RunAgentAsync(host)).Conclusion);
        Assert.EndsWith("-3", fleet.Running(host), StringComparison.Ordinal);

        async Task PublishAsync(string version)
        {
            fleet.WriteFlake("lab", (host.ToString(), new TestSystem { Version = version }));
            Assert.True((await fleet.DeployAsync()).IsSuccess);
            Mirror();
        }

        void Mirror()
        {
            foreach (var command in Commands())
            {
                _ = Shell.Run("sh", "-c", command
                    .Replace("mirror:/srv/bento", mirror.AreasDirectory, StringComparison.Ordinal)
                    .Replace("/srv/bento", server.AreasDirectory, StringComparison.Ordinal));
            }
        }
    }

    private static IReadOnlyList<string> Commands()
    {
        IReadOnlyList<string> commands =
            [.. CommandLine().Matches(Repository.Read("docs/scale.md")).Select(match => match.Groups[1].Value)];
        Assert.Equal(3, commands.Count);
        return commands;
    }

    private static void Login(SshdServer server, SftpOptions options, string user)
    {
        options.Host = SshdServer.Address;
        options.Port = server.Port;
        options.User = user;
        options.PrivateKeyFile = server.KeyFileOf(HostName.Parse(user));
        options.HostKeys.Add(server.HostKey);
    }

    [GeneratedRegex(@"^\$ (rsync .+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CommandLine();
}
