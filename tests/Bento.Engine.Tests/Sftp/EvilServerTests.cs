using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bento.Sftp;
using Bento.Sftp.Wire;
using Bento.Testing.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>
/// A server that Bento logged in to, and that is evil: each thing that Bento does there ends well or in one plain failure, in time, and
/// nothing large is kept.
/// </summary>
public sealed class EvilServerTests
{
    /// <summary>What the process may grow by, with whatever runs beside this test: a server that is believed takes gigabytes.</summary>
    private const long MostBytes = 400_000_000;

    private static readonly HostName Host = HostName.Parse("web");

    private static readonly SftpOptions Options = new()
    {
        Host = "evil.example.org",
        User = "web",
        OperationTimeout = TimeSpan.FromSeconds(0.5),
    };

    public static TheoryData<string> Modes => [.. EvilModes.All.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Modes))]
    public async Task T2_whatever_a_server_says_ends_in_one_plain_failure(string mode)
    {
        var clock = Stopwatch.StartNew();
        var failures = new List<TransportException>();
        var before = Environment.WorkingSet;
        foreach (var attempt in Attempts())
        {
            await using var connection = await ConnectAsync(mode);
            if (await Record.ExceptionAsync(() => attempt(new SftpArea(connection, SftpPath.Here, isOwn: true, Host))) is { } exception)
            {
                failures.Add(Assert.IsType<TransportException>(exception));
            }
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostBytes);
        Assert.True(mode == "honest" ? failures.Count == 0 : failures.Count > 0 || EvilModes.AreHarmless.Contains(mode), mode);
        Assert.All(failures, failure =>
        {
            Assert.DoesNotContain(failure.Message, letter => char.IsControl(letter) || letter == '\u202E');
            Assert.InRange(failure.Message.Length, 10, 600);
            Assert.Contains("evil.example.org", failure.Message, StringComparison.Ordinal);
        });
    }

    /// <summary>What Bento does on a server. A listing and a file without an end are ended by whoever reads them.</summary>
    private static List<Func<IArea, Task>> Attempts() =>
    [
        area => area.ReadAsync("release.json", 64 * 1024, Token),
        area => area.WriteAsync("logs/beat.json", new MemoryStream(new byte[100_000]), Token),
        async area => _ = await area.ListAsync("logs", Token).Take(5_000).CountAsync(Token),
        area => area.EnsureAsync(Token),
        area => area.DeleteAsync("release.json", Token),
    ];

    private static async Task<SftpConnection> ConnectAsync(string mode)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Token);
        var server = await listener.AcceptTcpClientAsync(Token);
        new Thread(() => Serve(mode, server)) { IsBackground = true }.Start();
        var channel = new StreamChannel(client);
        var patience = mode == "honest" ? TimeSpan.FromSeconds(30) : Options.OperationTimeout;
        return new SftpConnection(channel, new SftpRequests(new RequestTable(channel, patience, TimeProvider.System)), Options);
    }

    private static void Serve(string mode, TcpClient server)
    {
        using (server)
        {
            try
            {
                new EvilSftp(mode, server.GetStream(), server.GetStream()).Run();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The client had enough.
            }
        }
    }
}
