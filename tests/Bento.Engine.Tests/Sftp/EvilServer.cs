using System.Net;
using System.Net.Sockets;
using Bento.Sftp;
using Bento.Sftp.Wire;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>A server that behaves in one of the evil modes, and a client that wants of it all that Bento wants of a server.</summary>
internal static class EvilServer
{
    private static readonly HostName Host = HostName.Parse("web");

    private static readonly SftpOptions Options = new()
    {
        Host = "evil.example.org",
        User = "web",
        OperationTimeout = TimeSpan.FromSeconds(0.5),
    };

    /// <returns>What failed, each on a connection of its own.</returns>
    public static async Task<IReadOnlyList<Exception>> VisitAsync(string mode, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var attempt in Attempts(cancellationToken))
        {
            await using var connection = await ConnectAsync(mode, cancellationToken);
            if (await Record.ExceptionAsync(() => attempt(new SftpArea(connection, SftpPath.Here, isOwn: true, Host))) is { } exception)
            {
                failures.Add(exception);
            }
        }

        return failures;
    }

    /// <summary>What Bento does on a server. A listing and a file without an end are ended by whoever reads them.</summary>
    private static List<Func<IArea, Task>> Attempts(CancellationToken cancellationToken) =>
    [
        area => area.ReadAsync("release.json", 64 * 1024, cancellationToken),
        area => area.WriteAsync("logs/beat.json", new MemoryStream(new byte[100_000]), cancellationToken),
        async area => _ = await area.ListAsync("logs", cancellationToken).Take(5_000).CountAsync(cancellationToken),
        area => area.EnsureAsync(cancellationToken),
        area => area.DeleteAsync("release.json", cancellationToken),
    ];

    private static async Task<SftpConnection> ConnectAsync(string mode, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
        var server = await listener.AcceptTcpClientAsync(cancellationToken);
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
