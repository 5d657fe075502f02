using System.Globalization;
using Bento.Publishing;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>What somebody can do with the login key of one host and the tools of OpenSSH.</summary>
public sealed class LoginKeyTests
{
    [Fact(Timeout = 120_000)]
    public async Task T10_the_login_key_of_one_host_opens_its_own_area_and_nothing_else()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 2);
        using var fleet = TestFleet.With(
            operators => operators.UseLocalDirectory(options =>
            {
                options.Directory = server.AreasDirectory;
                options.Ownership = AreaOwnership.SystemUsers;
            }),
            (_, _) => { });
        fleet.WriteFlake("lab", [.. server.Hosts.Select(host => (host.ToString(), new TestSystem()))]);
        Assert.All((await fleet.DeployAsync()).Hosts, host => Assert.Equal(DeployOutcome.Published, host.Outcome));
        var (own, other) = (server.Hosts[0], server.Hosts[1]);
        using var local = new TempDirectory();
        _ = local.WriteFile("forged", "forged");

        Assert.Equal(0, Sftp(server, own, own, local, "get release.json got"));
        Assert.True(File.Exists(local["got"]));
        foreach (var command in new[]
        {
            $"ls ../{other}", $"get ../{other}/release.json stolen", $"get /{other}/release.json stolen", "get /../etc/passwd stolen",
            "put forged release.json",
                "put forged config/flake.nix",
                "put forged content/forged",
                "mkdir logs/sub",
                "symlink /etc/passwd logs/link",
                "chmod 777 logs",
                "rename release.json logs/x",
            })
        {
            Assert.True(Sftp(server, own, own, local, command) != 0, command);
        }

        Assert.False(File.Exists(local["stolen"]));
        Assert.NotEqual(0, Sftp(server, other, own, local, "ls"));
        Assert.Contains(
            "administratively prohibited",
            Ssh(server, own, "-W", $"127.0.0.1:{server.Port}", $"{own}@127.0.0.1"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("uid=", Ssh(server, own, $"{own}@127.0.0.1", "id"), StringComparison.Ordinal);
        Assert.True((await fleet.DeployAsync()).Hosts.All(host => host.Outcome == DeployOutcome.Unchanged));
    }

    private static int Sftp(SshdServer server, HostName user, HostName keyOf, TempDirectory local, string command)
    {
        var batch = local.WriteFile("batch", $"lcd {local.FullPath}\n{command}\n");
        return Shell.Try("sftp", [.. Options(server, keyOf), "-P", Port(server), "-b", batch, $"{user}@127.0.0.1"]).ExitCode;
    }

    private static string Ssh(SshdServer server, HostName keyOf, params string[] arguments) =>
        Shell.Try("sh", ["-c", "exec ssh \"$@\" < /dev/null", "sh", .. Options(server, keyOf), "-p", Port(server), .. arguments]).Output;

    private static string[] Options(SshdServer server, HostName keyOf) =>
        [
            "-F",
            "none",
            "-i",
            server.KeyFileOf(keyOf),
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=INFO",
        ];

    private static string Port(SshdServer server) => server.Port.ToString(CultureInfo.InvariantCulture);
}
