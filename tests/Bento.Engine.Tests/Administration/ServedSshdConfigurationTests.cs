using System.Net.Sockets;
using Bento.Administration;
using Bento.Engine.Tests.Sftp;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Administration;

/// <summary>What a real sshd makes of the configuration that Bento prints, seen by OpenSSH's own clients with the key of a host.</summary>
public sealed class ServedSshdConfigurationTests(ServedSshdConfigurationTests.Served served)
    : IClassFixture<ServedSshdConfigurationTests.Served>
{
    private const int FleetSize = 100;

    private readonly SshdServer _server = served.Server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HostName Host => _server.Hosts[0];

    private string Area => Path.Combine(_server.AreasDirectory, Host.ToString());

    private string[] Login =>
    [
        "-F",
        "/dev/null",
        "-i",
        _server.KeyFileOf(Host),
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
        "-o",
        "BatchMode=yes",
        "-o",
        "LogLevel=ERROR",
    ];

    [Fact]
    public void H21_sshd_accepts_it_and_means_by_it_what_it_says()
    {
        Shell.Run("/usr/sbin/sshd", "-t", "-f", _server.ConfigurationFile);

        var host = Effective(Host.ToString());
        string[] expected =
        [
            "authenticationmethods publickey",
                "disableforwarding yes",
                "permittty no",
                "permituserrc no",
                "clientaliveinterval 30",
                "clientalivecountmax 4",
                $"maxstartups {FleetSize + 10}:30:{2 * (FleetSize + 10)}", $"chrootdirectory {_server.AreasDirectory}/%u",
            ];
        Assert.All(expected, line => Assert.Contains(line, host));
        Assert.Contains(host, line => line.StartsWith("forcecommand internal-sftp -u 0027 -p open,", StringComparison.Ordinal));
        Assert.DoesNotContain(Effective(_server.UserName), line => line.StartsWith("forcecommand internal", StringComparison.Ordinal));
    }

    [Fact]
    public void H21_a_host_gets_no_shell_no_terminal_and_no_forwarding()
    {
        string[][] attempts =
        [
            ["-W", $"{SshdServer.Address}:{_server.Port}"],
            ["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"],
            ["-N", "-o", "ExitOnForwardFailure=yes", "-R", "/tmp/bento-forwarded.sock:127.0.0.1:22"],
        ];
        foreach (var attempt in attempts)
        {
            var (code, output) = Ssh(attempt);
            Assert.True(code is not (0 or 124), $"{string.Join(' ', attempt)}: {code} {output}");
        }

        Assert.DoesNotContain("uid=", Ssh("id").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("uid=", Ssh("-tt", "id").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Allocated", _server.Log, StringComparison.Ordinal);

        // The same key on the same server does what it is for.
        Assert.Equal(0, Sftp("get release.json /dev/null").Code);
    }

    [Theory]
    [InlineData("ln -s /release.json logs/link")]
    [InlineData("ln logs/report logs/hard")]
    [InlineData("chmod 777 logs/report")]
    [InlineData("mkdir logs/directory")]
    [InlineData("rename -l logs/report logs/other")]
    [InlineData("cp logs/report logs/copy")]
    [InlineData("rmdir logs")]
    [InlineData("put /etc/hostname release.json")]
    [InlineData("rm release.json")]
    [InlineData("rename release.json logs/release.json")]
    [InlineData("put /etc/hostname new")]
    [InlineData("get ../../../etc/hostname /tmp/bento-never")]
    public void H1_H2_H5_H15_H17_H22_what_a_host_has_no_business_with_is_refused(string command)
    {
        Assert.Equal(0, Sftp("put /etc/hostname logs/report").Code);
        var before = Listing();

        var (code, output) = Sftp(command);

        Assert.True(code == 1, $"{code}: {output}");
        Assert.Equal(before, Listing());
    }

    [Fact(Timeout = 60_000)]
    public async Task H20_a_whole_fleet_that_logs_in_at_once_loses_nobody()
    {
        var waiting = await ConnectAllAsync(FleetSize);
        try
        {
            Assert.Equal(FleetSize, waiting.Count);

            await using var session = await SftpTransports.Agent(_server, Host).ConnectAsync(Token);
            Assert.Equal("{}"u8.ToArray(), await session.OpenArea(Host).ReadAsync("release.json", 10, Token));
        }
        finally
        {
            waiting.ForEach(client => client.Dispose());
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task H20_a_server_that_was_configured_for_fewer_hosts_drops_some()
    {
        await using var small = await SshdServer.StartAsync(hostCount: 1, fleetSize: 1);
        var waiting = await ConnectAllAsync(FleetSize, small.Port);
        waiting.ForEach(client => client.Dispose());

        Assert.InRange(waiting.Count, 1, 22);
    }

    [Theory]
    [InlineData("/srv/my areas")]
    [InlineData("/srv/50%")]
    public void Odd_characters_of_a_path_are_written_as_sshd_reads_them(string directory)
    {
        using var files = new TempDirectory();
        var file = files.WriteFile(
            "sshd_config",
            $"HostKey {Path.GetDirectoryName(_server.ConfigurationFile)}/host_ed25519\n{new SshdConfiguration(directory, 1, "root")}");

        var lines = Shell.Run("/usr/sbin/sshd", "-T", "-f", file, "-C", "user=root,host=x,addr=127.0.0.1").Split('\n');

        Assert.Contains($"chrootdirectory {directory.Replace("%", "%%", StringComparison.Ordinal)}/%u", lines);
    }

    private string[] Effective(string user) =>
        Shell.Run("/usr/sbin/sshd", "-T", "-f", _server.ConfigurationFile, "-C", $"user={user},host=x,addr=127.0.0.1").Split('\n');

    private (int Code, string Output) Ssh(params string[] arguments)
    {
        string[] own = arguments is [.., var last] && !last.Contains(':', StringComparison.Ordinal) ? [.. arguments[..^1]] : arguments;
        string[] command = own.Length == arguments.Length ? [] : [arguments[^1]];
        return Shell.Try(
            "timeout", ["10", "ssh", "-n", .. Login, "-p", _server.Port.ToString(), .. own, $"{Host}@{SshdServer.Address}", .. command]);
    }

    private (int Code, string Output) Sftp(string command)
    {
        using var files = new TempDirectory();
        return Shell.Try("timeout", [
            "20",
            "sftp",
            .. Login,
            "-P",
            _server.Port.ToString(),
            "-b",
            files.WriteFile("batch", command + "\n"),
            $"{Host}@{SshdServer.Address}",
        ]);
    }

    private IReadOnlyList<string> Listing() =>
        [.. Shell.Run("find", Area, "-printf", "%u:%g %m %s %P\\n").Split('\n').Order(StringComparer.Ordinal)];

    /// <summary>Connections that got as far as the banner of the server and wait there, before any login.</summary>
    private async Task<List<TcpClient>> ConnectAllAsync(int count, int? port = null)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(SshdServer.Address, port ?? _server.Port, Token);
                var buffer = new byte[4];
                await client.GetStream().ReadExactlyAsync(buffer, Token);
                return buffer.AsSpan().SequenceEqual("SSH-"u8) ? client : null;
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                client.Dispose();
                return null;
            }
        }));
        return [.. clients.OfType<TcpClient>()];
    }

    /// <summary>One server for all of them: none changes it but in <c>logs/</c>.</summary>
    public sealed class Served : IAsyncLifetime
    {
        internal SshdServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await SshdServer.StartAsync(hostCount: 2, FleetSize);
            var transport = new LocalDirectoryTransport(
                Options.Create(new LocalDirectoryOptions { Directory = Server.AreasDirectory, Ownership = AreaOwnership.SystemUsers }));
            await using var session = await transport.ConnectAsync(Token);
            await session.OpenArea(Server.Hosts[0]).EnsureAsync(Token);
            await session.OpenArea(Server.Hosts[0]).WriteAsync("release.json", new MemoryStream("{}"u8.ToArray()), Token);
        }

        public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
