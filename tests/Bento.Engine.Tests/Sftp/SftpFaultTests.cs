using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Bento.Sftp;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>What a real server, or something on its address, can do to a connection.</summary>
[SuppressMessage("Usage", "xUnit1069", Justification = "Token is the token of the test.")]
public sealed class SftpFaultTests : IAsyncLifetime
{
    private static readonly HostName Host = HostName.Parse("lab");

    private SshdServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LogsDirectory => Path.Combine(_server.AreasDirectory, "lab/logs");

    public async ValueTask InitializeAsync()
    {
        _server = await SshdServer.StartAsync();
        Directory.CreateDirectory(LogsDirectory);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact(Timeout = 30_000)]
    public async Task FO3_a_server_with_another_key_gets_nothing_not_even_a_login()
    {
        _server.ReplaceHostKeys();
        var transport = SftpTransports.Publisher(_server, options => options.HostKeys[0] = OldKey);
        await _server.StopAsync();
        await _server.StartAgainAsync();

        var exception = await FailsAsync(TransportFailure.HostKeyMismatch, () => transport.ConnectAsync(Token));

        var shown = Shell.Run("ssh-keygen", "-l", "-f", WriteKey(_server.HostKey)).Split(' ')[1];
        Assert.Contains(shown, exception.Message);
        Assert.Contains("Nothing was sent", exception.Message);
        Assert.False(exception.IsTransient);
        Assert.DoesNotContain("userauth", _server.Log);
        Assert.DoesNotContain(_server.UserName, _server.Log.Split("Server listening")[^1]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_without_any_key_of_the_pinned_kind_is_a_mismatch_too()
    {
        // A curve that the server has no key on.
        var key = WriteKey(string.Empty);
        File.Delete(key);
        Shell.Run("ssh-keygen", "-q", "-t", "ecdsa", "-b", "521", "-N", string.Empty, "-f", key);
        var pin = await File.ReadAllTextAsync($"{key}.pub", Token);
        var transport = SftpTransports.Publisher(_server, options => options.HostKeys[0] = pin);

        await FailsAsync(TransportFailure.HostKeyMismatch, () => transport.ConnectAsync(Token));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task Any_key_of_the_server_can_be_pinned_alone(string type)
    {
        var transport = SftpTransports.Publisher(_server, options => options.HostKeys[0] = _server.HostKeyOf(type));

        await using var session = await transport.ConnectAsync(Token);

        Assert.Single(await session.ListAreasAsync(Token));
        Assert.Contains("userauth", _server.Log);
    }

    [Fact(Timeout = 30_000)]
    public async Task FO3_a_key_that_the_server_does_not_know_is_a_refused_login()
    {
        var key = WriteKey(string.Empty);
        File.Delete(key);
        Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", key);

        var exception = await FailsAsync(
            TransportFailure.LoginRefused,
            () => SftpTransports.Publisher(_server, options => options.PrivateKeyFile = key).ConnectAsync(Token));

        Assert.Contains(key, exception.Message);
        Assert.False(exception.IsTransient);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_key_file_that_cannot_be_used_is_named()
    {
        var key = WriteKey(string.Empty);
        File.Delete(key);
        Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", key);
        var wrong = WriteKey("wrong\n");
        var right = WriteKey("secret\n");

        Assert.Contains("has a passphrase", (await Connect(options => options.PrivateKeyFile = key)).Message);
        Assert.Contains(
            "does not open", (await Connect(options => (options.PrivateKeyFile, options.PrivateKeyPassphraseFile) = (key, wrong))).Message);
        Assert.Contains("does not hold a private key", (await Connect(options => options.PrivateKeyFile = wrong)).Message);
        Assert.Contains("/no/such/key", (await Connect(options => options.PrivateKeyFile = "/no/such/key")).Message);
        Assert.Contains(
            "refuses the login",
            (await Connect(options => (options.PrivateKeyFile, options.PrivateKeyPassphraseFile) = (key, right))).Message);

        Task<TransportException> Connect(Action<SftpOptions> change) =>
            FailsAsync(TransportFailure.LoginRefused, () => SftpTransports.Publisher(_server, change).ConnectAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task FO1_a_server_that_is_down_is_unreachable_and_may_come_back()
    {
        var transport = SftpTransports.Publisher(_server);
        await _server.StopAsync();

        var exception = await FailsAsync(TransportFailure.Unreachable, () => transport.ConnectAsync(Token));
        Assert.True(exception.IsTransient);

        await _server.StartAgainAsync();
        await using var session = await transport.ConnectAsync(Token);
    }

    [Fact(Timeout = 30_000)]
    public async Task FO2_a_listener_that_never_speaks_is_unreachable_at_the_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var clock = Stopwatch.StartNew();

        await FailsAsync(
            TransportFailure.Unreachable,
            () => SftpTransports.Publisher(_server, options => (options.Port, options.ConnectTimeout) = (port, TimeSpan.FromSeconds(1)))
                .ConnectAsync(Token));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));
    }

    [Fact(Timeout = 60_000)]
    public async Task FO2_a_server_that_stops_answering_ends_every_call_at_the_deadline_and_dispose_at_once()
    {
        await File.WriteAllBytesAsync(Path.Combine(LogsDirectory, "a"), new byte[1000], Token);
        var session = await SftpTransports.Publisher(_server, options => Quick(options)).ConnectAsync(Token);
        var area = session.OpenArea(Host);
        Assert.NotNull(await area.ReadAsync("logs/a", 1000, Token));
        _server.PauseSessions();
        var clock = Stopwatch.StartNew();

        await Task.WhenAll(
            FailsAsync(TransportFailure.Stalled, () => area.ReadAsync("logs/a", 1000, Token)),
            FailsAsync(TransportFailure.Stalled, () => area.WriteAsync("logs/b", new MemoryStream(new byte[1000]), Token)),
            FailsAsync(TransportFailure.Stalled, async () => await area.ListAsync("logs", Token).ToListAsync(Token)),
            FailsAsync(TransportFailure.Stalled, () => area.DeleteAsync("logs/a", Token)),
            FailsAsync(TransportFailure.Stalled, () => session.LockAsync("me", Token)));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));

        clock.Restart();
        await session.DisposeAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_caller_that_gives_up_on_a_silent_server_is_let_go_at_once()
    {
        await using var session = await SftpTransports.Publisher(_server).ConnectAsync(Token);
        _server.PauseSessions();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var clock = Stopwatch.StartNew();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.OpenArea(Host).ReadAsync("logs/a", 1000, patience.Token));

        Assert.Equal(patience.Token, exception.CancellationToken);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = 60_000)]
    public async Task FO2_a_server_that_stops_answering_in_the_middle_of_a_download_ends_it_at_the_deadline()
    {
        await using (var file = File.Create(Path.Combine(LogsDirectory, "a")))
        {
            file.SetLength(1L << 34);
        }

        await using var session = await SftpTransports.Publisher(_server, options => Quick(options)).ConnectAsync(Token);
        using var destination = new TriggerStream(1_000_000, _server.PauseSessions);

        await FailsAsync(TransportFailure.Stalled, () => session.OpenArea(Host).CopyToAsync("logs/a", destination, 1L << 34, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task FR2_a_connection_killed_in_the_middle_of_an_upload_leaves_the_old_file_and_the_next_publisher_cleans_up()
    {
        var transport = SftpTransports.Publisher(_server, options => Quick(options));
        Directory.CreateDirectory(Path.Combine(_server.AreasDirectory, "lab/content"));
        await File.WriteAllTextAsync(Path.Combine(_server.AreasDirectory, "lab/content/a"), "old", Token);
        await using var session = await transport.ConnectAsync(Token);
        using var content = new TriggerStream(1_000_000, _server.KillSessions);

        await FailsAsync(TransportFailure.Unreachable, () => session.OpenArea(Host).WriteAsync("content/a", content, Token));

        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(_server.AreasDirectory, "lab/content/a"), Token));
        await using var next = await transport.ConnectAsync(Token);
        await next.OpenArea(Host).EnsureAsync(Token);
        Assert.Equal(["a"], Directory.GetFileSystemEntries(Path.Combine(_server.AreasDirectory, "lab/content")).Select(Path.GetFileName));
    }

    [Fact(Timeout = 60_000)]
    public async Task FD1_a_session_whose_server_died_says_so_at_once()
    {
        await using var session = await SftpTransports.Publisher(_server).ConnectAsync(Token);
        _server.KillSessions();

        await FailsAsync(TransportFailure.Unreachable, () => session.OpenArea(Host).ReadAsync("logs/a", 10, Token));
        await FailsAsync(TransportFailure.Unreachable, () => session.OpenArea(Host).ReadAsync("logs/a", 10, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task T2_a_file_of_a_terabyte_ends_at_the_limit_at_once_and_the_session_goes_on()
    {
        Directory.CreateDirectory(Path.Combine(_server.AreasDirectory, "lab/content"));
        foreach (var path in new[] { "release.json", "content/pack" })
        {
            await using var file = File.Create(Path.Combine(_server.AreasDirectory, "lab", path));
            file.SetLength(1L << 40);
        }

        await File.WriteAllTextAsync(Path.Combine(LogsDirectory, "a"), "still here", Token);
        await using var session = await SftpTransports.Publisher(_server).ConnectAsync(Token);
        var area = session.OpenArea(Host);
        Assert.NotNull(await area.ReadAsync("logs/a", 100, Token));
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();

        await FailsAsync(TransportFailure.TooLarge, () => area.ReadAsync("release.json", 64 * 1024, Token));
        await FailsAsync(TransportFailure.TooLarge, () => area.CopyToAsync("content/pack", Stream.Null, 5_000_000, Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, 150_000_000);
        Assert.Equal("still here"u8.ToArray(), await area.ReadAsync("logs/a", 100, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task T9_a_banner_that_drips_ends_at_the_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connecting = FailsAsync(
            TransportFailure.Unreachable,
            () => SftpTransports.Publisher(
                _server, options => (options.Port, options.ConnectTimeout) = (
                    ((IPEndPoint)listener.LocalEndpoint).Port, TimeSpan.FromSeconds(2))).ConnectAsync(Token));
        var clock = Stopwatch.StartNew();
        using var client = await listener.AcceptTcpClientAsync(Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));

        // Each line is in time for a deadline on reads.
        while (!connecting.IsCompleted && await timer.WaitForNextTickAsync(Token))
        {
            await Record.ExceptionAsync(async () => await client.GetStream().WriteAsync("wait\r\n"u8.ToArray(), Token));
        }

        await connecting;
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    private const string OldKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu another server";

    private static SftpOptions Quick(SftpOptions options)
    {
        options.OperationTimeout = TimeSpan.FromSeconds(2);
        return options;
    }

    private static async Task<TransportException> FailsAsync(TransportFailure failure, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<TransportException>(call);
        Assert.True(failure == exception.Failure, exception.ToString());
        return exception;
    }

    private string WriteKey(string text)
    {
        var path = Path.Combine(_server.AreasDirectory, $"key-{Guid.NewGuid():N}");
        File.WriteAllText(path, text);
        return path;
    }
}
