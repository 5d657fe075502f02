using System.Text;
using Bento.Administration;
using Bento.Processes;
using Bento.Protocol;
using Bento.Sftp;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Administration;

/// <summary>A host that is removed while it is logged in, on a real sshd.</summary>
public sealed class HostRemovalTests
{
    [Fact(Timeout = 120_000)]
    public async Task T10_removing_a_host_ends_the_session_that_it_has_open()
    {
        await using var server = await SshdServer.StartAsync(hostCount: 2);
        var (removed, other) = (server.Hosts[0], server.Hosts[1]);
        using var group = new HostsGroup(server.Hosts);
        var options = new LocalDirectoryOptions { Directory = server.AreasDirectory, Ownership = AreaOwnership.SystemUsers };
        foreach (var host in server.Hosts)
        {
            var area = new LocalDirectorySession(options.Directory, options.Ownership).OpenArea(host);
            await area.EnsureAsync(Token);
            await area.WriteAsync(AreaPath.Release, new MemoryStream(Encoding.UTF8.GetBytes(host.ToString())), Token);
        }

        await using var open = await ConnectAsync(server, removed);
        await using var untouched = await ConnectAsync(server, other);
        Assert.NotNull(await open.OpenArea(removed).ReadAsync(AreaPath.Release, 1024, Token));
        var accounts = new LocalHostAccounts(Options.Create(options), new CliWrapProcessRunner(TimeProvider.System));

        var steps = await accounts.PlanRemovalAsync(removed, withArea: false, Token);
        await accounts.ApplyAsync(steps, Token);

        Assert.Equal(["its open sessions", "the account"], steps.Select(step => step.Purpose));
        await Assert.ThrowsAsync<TransportException>(() => open.OpenArea(removed).ReadAsync(AreaPath.Release, 1024, Token));
        await Assert.ThrowsAsync<TransportException>(() => ConnectAsync(server, removed));
        Assert.NotNull(await untouched.OpenArea(other).ReadAsync(AreaPath.Release, 1024, Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<ITransportSession> ConnectAsync(SshdServer server, HostName host)
    {
        var options = new SftpOptions
        {
            Host = SshdServer.Address,
            Port = server.Port,
            User = host.ToString(),
            PrivateKeyFile = server.KeyFileOf(host),
        };
        options.HostKeys.Add(server.HostKey);
        return new SftpTransport(Options.Create(options), TimeProvider.System).ConnectAsync(Token);
    }
}
