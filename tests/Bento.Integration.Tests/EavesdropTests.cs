using Bento.Hosts;
using Bento.Publishing;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>What other users of the server can read after a deploy by root, with real system users.</summary>
public sealed class EavesdropTests
{
    [Fact(Timeout = 120_000)]
    public async Task T12_neither_another_host_nor_a_local_user_can_open_anything_of_a_host()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 2);
        var (host, other) = (server.Hosts[0].ToString(), server.Hosts[1].ToString());
        using var fleet = TestFleet.With(
            operators => operators.UseLocalDirectory(
                options => (options.Directory, options.Ownership) = (server.AreasDirectory, AreaOwnership.SystemUsers)),
            (agent, _) => agent.UseLocalDirectory(
                options => (options.Directory, options.Ownership) = (server.AreasDirectory, AreaOwnership.SystemUsers)));
        fleet.WriteFlake("lab", (host, new TestSystem()), (other, new TestSystem()));
        Directory.CreateDirectory(Path.Join(fleet.Directory, "hosts/lab/secrets"));
        await File.WriteAllTextAsync(
            Path.Join(fleet.Directory, "hosts/lab/secrets/password"), "correct-horse", TestContext.Current.CancellationToken);

        // A Bento directory as people have them: everybody may look at the configuration itself.
        _ = Shell.Run("chmod", "0755", fleet.Nix.Root);
        var watched = new StagingWatch(Path.Join(fleet.Directory, ".bento"), server.AreasDirectory);

        var report = await fleet.DeployAsync(
            configure: options =>
            {
                foreach (var name in server.Hosts)
                {
                    options.Hosts[name.ToString()] = new BentoHostOptions { PublicKey = File.ReadAllText(server.KeyFileOf(name) + ".pub") };
                }
            },
            progress: watched);

        Assert.All(report.Hosts, result => Assert.Equal(DeployOutcome.Published, result.Outcome));
        var area = Path.Join(server.AreasDirectory, host);
        Assert.Equal(Readable("root", area), Readable(host, area));
        Assert.Contains("release.json", Readable(host, area), StringComparison.Ordinal);
        Assert.Empty(Readable(other, area));
        Assert.Empty(Readable("nobody", area));

        // While it lasted and afterwards: not a file for others, in areas, staging and records.
        Assert.NotEqual(0, watched.Looks);
        Assert.Empty(watched.Found);
        Assert.Empty(StagingWatch.OpenToOthers(Path.Join(fleet.Directory, ".bento")));
        Assert.Empty(StagingWatch.OpenToOthers(area));
    }

    /// <summary>What a user can open for reading below a directory.</summary>
    private static string Readable(string user, string directory) =>
        Shell.Try(
            "setpriv",
            $"--reuid={user}",
            $"--regid={Shell.Run("id", "-g", user)}",
            "--init-groups",
            "find",
            directory,
            "-readable",
            "-printf",
            "%P\n").Output
            .Split('\n')
                .Where(line => !line.Contains("Permission denied", StringComparison.Ordinal))
                .Aggregate(string.Empty, (all, line) => all + line + "\n")
                .Trim();

    /// <summary>Looks at each step of a deploy for what other users could open: what is in a closed directory is closed.</summary>
    private sealed class StagingWatch(params string[] directories) : IProgress<FleetEvent>
    {
        private readonly Lock _gate = new();

        public int Looks { get; private set; }

        public string Found { get; private set; } = string.Empty;

        public static string OpenToOthers(string directory) =>
            Shell.Try(
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                "find",
                directory,
                "-readable",
                "-type",
                "f",
                "-print").Output
                .Split('\n').Where(line => line.StartsWith('/')).Aggregate(string.Empty, (all, line) => all + line + "\n");

        public void Report(FleetEvent value)
        {
            lock (_gate)
            {
                Looks++;
                Found += string.Concat(directories.Where(Directory.Exists).Select(OpenToOthers));
            }
        }
    }
}
