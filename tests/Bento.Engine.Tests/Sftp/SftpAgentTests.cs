using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Sftp;

/// <summary>What a host may do, as a system user in the chroot and behind the ForceCommand that Bento gives to a server.</summary>
public sealed class SftpAgentTests : AreaContract
{
    private SshdServer? _server;

    protected override HostName Host => _server!.Hosts[0];

    private string AreaDirectory => Path.Combine(_server!.AreasDirectory, Host.ToString());

    [Fact]
    public async Task A_release_is_read_and_what_the_host_reports_is_read_on_the_server()
    {
        await using var session = await Server().ConnectAsync(Token);
        await session.OpenArea(Host).WriteAsync("release.json", new MemoryStream("{}"u8.ToArray()), Token);

        Assert.Equal("{}", await ReadAsync("release.json"));
        await WriteAsync("logs/1-1-result.json", "done");

        Assert.Equal("done"u8.ToArray(), await session.OpenArea(Host).ReadAsync("logs/1-1-result.json", 10, Token));
        Assert.Empty(await session.OpenArea(Host).CheckAsync(Token));
        Assert.Equal("640", Shell.Run("stat", "--format=%a", $"{AreaDirectory}/logs/1-1-result.json"));
    }

    [Fact]
    public async Task Nothing_but_reports_can_be_written()
    {
        await FailsAsync(TransportFailure.Denied, () => WriteAsync("release.json", "forged"));
        await FailsAsync(TransportFailure.Denied, () => WriteAsync("content/a", "forged"));
        await FailsAsync(TransportFailure.Denied, () => Session.LockAsync("me", Token));
        await FailsAsync(TransportFailure.Denied, () => Area.EnsureDirectoryAsync("logs/tree", Token));
        Assert.Empty(await Session.ListAreasAsync(Token));
        Assert.Equal(["content", "logs"], Directory.GetFileSystemEntries(AreaDirectory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_key_opens_the_area_of_its_own_host_only()
    {
        var other = _server!.Hosts[1];
        var transport = SftpTransports.Agent(_server, other, options => options.PrivateKeyFile = _server.KeyFileOf(Host));

        await FailsAsync(TransportFailure.LoginRefused, () => transport.ConnectAsync(Token));
    }

    [Fact]
    public async Task FO3_a_chroot_that_sshd_does_not_like_is_a_refused_login()
    {
        Shell.Run("chmod", "g+w", AreaDirectory);

        var exception = await FailsAsync(TransportFailure.LoginRefused, () => Transport.ConnectAsync(Token));

        Assert.Contains("chroot", exception.NextStep?.Text);
        await using var session = await Server().ConnectAsync(Token);
        Assert.Equal($"Run: chmod go-w {AreaDirectory}", Assert.Single(await session.OpenArea(Host).CheckAsync(Token)).NextStep.Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_poll_of_a_resident_agent_that_finds_nothing_new_is_one_round_trip()
    {
        await using var publisher = await Server().ConnectAsync(Token);
        await publisher.OpenArea(Host).WriteAsync("release.json", new MemoryStream("{}"u8.ToArray()), Token);
        using var proxy = new CountingProxy(_server!.Port);
        await using var session = await SftpTransports.Agent(_server, Host, options => options.Port = proxy.Port).ConnectAsync(Token);
        var area = session.OpenArea(Host);
        var first = await area.LookAsync("release.json", Token);

        var (requests, answers) = proxy.Count;
        for (var poll = 0; poll < 10; poll++)
        {
            Assert.Equal(first, await area.LookAsync("release.json", Token));
        }

        Assert.Equal((requests + 10, answers + 10), proxy.Count);
    }

    protected override async Task<ITransport> CreateAsync()
    {
        _server = await SshdServer.StartAsync(hostCount: 2);
        await using var session = await Server().ConnectAsync(Token);
        foreach (var host in _server.Hosts)
        {
            await session.OpenArea(host).EnsureAsync(Token);
        }

        return SftpTransports.Agent(_server, Host);
    }

    protected override Task<ITransport> CreateUnreachableAsync() => Task.FromResult<ITransport>(
        SftpTransports.Agent(_server!, Host, options => options.Port = 1));

    protected override ValueTask CleanUpAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void PlaceLink(string path)
    {
        File.WriteAllText($"{AreaDirectory}/target", "secret");
        File.CreateSymbolicLink(Path.Combine(AreaDirectory, path), "/target");
    }

    private LocalDirectoryTransport Server() => new(Options.Create(new LocalDirectoryOptions
    {
        Directory = _server!.AreasDirectory,
        Ownership = AreaOwnership.SystemUsers,
    }));
}
