using Bento.Hosts;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>
/// A new machine that is installed by <c>bootstrap.sh</c> from an installer: the real sshd and Nix, and a program in the place of
/// nixos-install that writes down what it was asked for.
/// </summary>
public sealed class InstallTests
{
    [Theory(Timeout = 120_000)]
    [InlineData(0, "success", "ended with 0")]
    [InlineData(3, "failure", "ended with 1")]
    public async Task A_release_is_installed_to_what_is_mounted_and_nothing_of_the_installer_is_switched(
        int exitCode, string outcome, string ending)
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        var name = server.Hosts[0];
        using var fleet = TestFleet.With(
            operators => operators.UseLocalDirectory(options =>
            {
                options.Directory = server.AreasDirectory;
                options.Ownership = AreaOwnership.SystemUsers;
            }),
            (_, _) => { });
        using var host = new BashBentoHost(server, name, fleet.Nix);
        using var mnt = new TempDirectory();
        fleet.WriteFlake("lab", (name.ToString(), new TestSystem { Version = "1" }));
        var system = Assert.Single((await fleet.DeployAsync(configure: options =>
        {
            options.Bootstrap = new BootstrapOptions { Host = SshdServer.Address, Port = server.Port };
            options.Bootstrap.HostKeys.Add(server.HostKey);
        })).Hosts).System!.Value;
        host.Replace("nixos-install", $"echo \"$*\" > {mnt["asked"]}; exit {exitCode}");

        var said = await host.PollAsync($"install {mnt.FullPath}");

        Assert.Contains(ending, said, StringComparison.Ordinal);
        Assert.Equal(
            $"--root {mnt.FullPath} --system {system} --no-root-passwd --no-channel-copy\n",
            await File.ReadAllTextAsync(mnt["asked"], TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Join(host.Run, "switch-calls")));
        Assert.False(Path.Exists(host.Profile));
        Assert.Contains(
            Directory.EnumerateFiles(Path.Join(server.AreasDirectory, name.ToString(), "logs")),
            log => log.EndsWith($"_{outcome}.log.gz", StringComparison.Ordinal));
    }
}
