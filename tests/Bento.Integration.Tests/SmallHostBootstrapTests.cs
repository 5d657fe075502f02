using Bento.Hosts;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>
/// New machines that get their first system whole by <c>bootstrap.sh</c>, from a real sshd into the store of a real Nix: nothing is
/// evaluated or built, and neither nixpkgs nor git is there.
/// </summary>
[Trait("Uses", "Nix")]
public sealed class SmallHostBootstrapTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_new_host_takes_its_system_into_its_store_and_neither_evaluates_nor_builds()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        using var bench = Bench(server);
        using var host = Host(bench, server);
        var system = await PublishAsync(bench, server, server.Port);

        var said = await host.PollAsync();

        Assert.True(said.Contains("ended with 0", StringComparison.Ordinal), said);
        var all = SmallHostBench.SmallPaths + 4;
        Assert.Contains($"fetching {all} of {all} paths", said, StringComparison.Ordinal);
        Assert.Equal(system.ToString(), new FileInfo(Path.Join(host.Run, "current-system")).LinkTarget);
        Assert.False(Directory.Exists(Path.Join(host.State, "bootstrap-closure")));
        Assert.Contains(Logs(server), log => log.EndsWith($"_{system.BaseName}_success.log.gz", StringComparison.Ordinal));

        // The profile alone keeps it, with all that it needs: Nix was told what refers to what.
        bench.Forget();
        Assert.All(
            (await File.ReadAllTextAsync(Path.Join(system.ToString(), "needs"), Token)).Split(' ', StringSplitOptions.TrimEntries),
            path => Assert.True(Path.Exists(path), path));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_arrived_before_the_line_was_cut_is_not_fetched_again()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        await using var proxy = new CuttingProxy(server.Port);
        using var bench = Bench(server, SmallHostBench.Random(4_000_000));
        using var host = Host(bench, server);
        var system = await PublishAsync(bench, server, proxy.Port);

        // No connection carries half of it.
        proxy.Bytes = 1_800_000;
        var said = await host.PollAsync();

        Assert.True(said.Contains("ended with 0", StringComparison.Ordinal), said);
        Assert.Equal(2, proxy.Cuts);
        Assert.Equal(system.ToString(), new FileInfo(Path.Join(host.Run, "current-system")).LinkTarget);
    }

    [Fact(Timeout = 120_000)]
    public async Task T1_a_flipped_bit_is_refused_and_the_next_run_fetches_the_file_again()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        using var bench = Bench(server);
        using var host = Host(bench, server);
        var system = await PublishAsync(bench, server, server.Port);
        var files = SmallHostBench.Stored(server.AreasDirectory, server.Hosts[0])
            .Concat(Directory.EnumerateFiles(Path.Join(server.AreasDirectory, server.Hosts[0].ToString(), "content"), "*.closure.gz"));
        foreach (var file in files.ToList())
        {
            await FlipAsync(file);
            var said = await host.PollAsync();
            Assert.True(said.Contains("is not what the server promised", StringComparison.Ordinal), said);
            Assert.Contains("ended with 1", said, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Join(host.Run, "switch-calls")));
            await FlipAsync(file);
            File.Delete(Path.Join(host.State, ".state"));

            // What else arrived is kept; the next file is to be fetched, too.
            Directory.Delete(Path.Join(host.State, "bootstrap-closure"), recursive: true);
        }

        Assert.Contains("ended with 0", await host.PollAsync(), StringComparison.Ordinal);
        Assert.Equal(system.ToString(), new FileInfo(Path.Join(host.Run, "current-system")).LinkTarget);
    }

    [Fact(Timeout = 120_000)]
    public async Task From_an_installer_the_system_goes_straight_into_the_store_of_the_new_machine()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 1);
        using var bench = Bench(server);
        using var host = Host(bench, server);
        using var mnt = new TempDirectory();
        var system = await PublishAsync(bench, server, server.Port);
        host.Replace("nixos-install", $"echo \"$*\" > {mnt["asked"]}");

        var said = await host.PollAsync($"install {mnt.FullPath}");

        Assert.True(said.Contains("ended with 0", StringComparison.Ordinal), said);
        Assert.Equal(
            $"--root {mnt.FullPath} --system {system} --no-root-passwd --no-channel-copy\n",
            await File.ReadAllTextAsync(mnt["asked"], Token));
        Assert.True(File.Exists(Path.Join(mnt.FullPath, "nix/store", system.BaseName, "bin/switch-to-configuration")));

        // The store of an installer lies in memory.
        Assert.False(Path.Exists(system.ToString()));
        Assert.False(File.Exists(Path.Join(host.Run, "switch-calls")));
    }

    private static SmallHostBench Bench(SshdServer server, string? large = null)
    {
        var fleet = Fleet(server);
        return large is null ? new SmallHostBench(fleet) : new SmallHostBench(fleet) { LargeScript = large };
    }

    private static TestFleet Fleet(SshdServer server) => TestFleet.With(
        operators => operators.UseLocalDirectory(options =>
        {
            options.Directory = server.AreasDirectory;
            options.Ownership = AreaOwnership.SystemUsers;
        }),
        (_, _) => { });

    /// <summary>A host on which what evaluates or builds fails, and is seen.</summary>
    private static BashBentoHost Host(SmallHostBench bench, SshdServer server)
    {
        var host = new BashBentoHost(server, server.Hosts[0], bench.Fleet.Nix);
        foreach (var program in new[] { "nix", "nix-build", "nix-instantiate", "nix-shell", "git", "zstd" })
        {
            host.Replace(program, $"echo 'error: there is no {program} here'; exit 99");
        }

        return host;
    }

    private static async Task<StorePath> PublishAsync(SmallHostBench bench, SshdServer server, int port)
    {
        bench.WriteSystems("1", server.Hosts[0].ToString());
        var report = await bench.DeployAsync(options =>
        {
            options.Bootstrap = new BootstrapOptions { Host = SshdServer.Address, Port = port };
            options.Bootstrap.HostKeys.Add(server.HostKey);
        });
        bench.Forget();
        var system = Assert.Single(report.Hosts).System!.Value;
        Assert.False(Path.Exists(system.ToString()));
        return system;
    }

    private static async Task FlipAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);
    }

    private static IEnumerable<string> Logs(SshdServer server) =>
        Directory.EnumerateFiles(Path.Join(server.AreasDirectory, server.Hosts[0].ToString(), "logs"));
}
