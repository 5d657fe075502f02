using Bento.Protocol;
using Bento.Sftp;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Hosts that get their system whole from a real sshd.</summary>
public sealed class SmallHostOverSshTests
{
    private const int Cuts = 20;
    private const int LargeBytes = 8_000_000;

    /// <summary>What one connection costs beside the closure: the login, the release and what was on its way when it was cut.</summary>
    private const int ConnectionBytes = 128 * 1024;

    [Fact(Timeout = 180_000)]
    public async Task FD1_T12_a_host_in_its_chroot_gets_its_system_over_a_line_that_is_cut_at_random_bytes_and_reads_no_other_area()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 2);
        await using var proxy = new CuttingProxy(server.Port);
        using var bench = new SmallHostBench(TestFleet.With(
            operators => operators.UseLocalDirectory(options =>
            {
                options.Directory = server.AreasDirectory;
                options.Ownership = AreaOwnership.SystemUsers;
            }),
            (agent, host) => agent.UseSftp(options => Login(server, options, proxy.Port, host.ToString(), server.KeyFileOf(host)))
                .ConfigureRetries(options => options.MaxRetries = 0)));
        var (host, other) = (server.Hosts[0], server.Hosts[1]);
        bench.LargeScript = SmallHostBench.Random(LargeBytes);
        bench.WriteSystems("1", host.ToString(), other.ToString());
        Assert.True((await bench.DeployAsync()).IsSuccess);
        var system = (await bench.Fleet.StatusAsync(host)).Expected!.Value;
        bench.Forget();

        // What both need is one file on the server; what only the other needs is not in this area, and it opens no other.
        var files = SmallHostBench.Stored(server.AreasDirectory, host);
        Assert.All(files, file => Assert.Equal("644 root", Shell.Run("stat", "-c", "%a %U", file)));
        Assert.Contains(files, file => Shell.Run("stat", "-c", "%h", file) == "3");
        Assert.NotEqual(
            0, Shell.Try("setpriv", "--reuid", host.ToString(), "--clear-groups", "--regid", host.ToString(), "ls", Path.Join(
                server.AreasDirectory, other.ToString(), "store")).ExitCode);

        var (random, day, before) = (new Random(5), 0, proxy.Sent);
        for (var cut = 0; cut < Cuts; cut++)
        {
            proxy.Bytes = random.Next(12_000, LargeBytes / Cuts);
            _ = await bench.RunAgentAsync(host, TimeSpan.FromDays(day++));
            Assert.Null(bench.Fleet.Running(host));
        }

        proxy.Bytes = long.MaxValue;
        var result = await bench.RunAgentAsync(host, TimeSpan.FromDays(day));

        Assert.InRange(proxy.Cuts, Cuts, int.MaxValue);

        // Nothing comes twice.
        Assert.InRange(proxy.Sent - before, LargeBytes, files.Sum(file => new FileInfo(file).Length) + (proxy.Cuts * ConnectionBytes));
        Assert.Equal((AttemptOutcome.Succeeded, system.ToString()), (result.Outcome, bench.Fleet.Running(host)));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_operator_publishes_a_system_to_another_machine_over_sftp()
    {
        await using var server = await SshdServer.StartAsync();
        var host = HostName.Parse("web");
        var areas = Directory.CreateDirectory(Path.Join(server.AreasDirectory, "remote")).FullName;
        using var bench = new SmallHostBench(TestFleet.With(
            operators => operators.UseSftp(options =>
            {
                Login(server, options, server.Port, server.UserName, server.KeyFileOf());
                options.Directory = areas;
            }),
            (agent, _) => agent.UseLocalDirectory(options => options.Directory = areas)));
        bench.WriteSystems("1", "web");

        Assert.True((await bench.DeployAsync()).IsSuccess);
        bench.Forget();

        Assert.Equal(AttemptOutcome.Succeeded, (await bench.RunAgentAsync(host)).Outcome);
        Assert.Empty(Directory.EnumerateFiles(Path.Join(areas, "web", "store"), ".*"));
    }

    private static void Login(SshdServer server, SftpOptions options, int port, string user, string keyFile)
    {
        options.Host = SshdServer.Address;
        options.Port = port;
        options.User = user;
        options.PrivateKeyFile = keyFile;
        options.HostKeys.Add(server.HostKey);
    }
}
