using Bento.Sftp;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>First contact with a real server whose key nobody has pinned.</summary>
public sealed class AcceptFirstTests : IAsyncLifetime
{
    private readonly TempDirectory _state = new();
    private SshdServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SshdServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _state.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task N3_the_first_key_is_kept_and_no_other_is_trusted_afterwards()
    {
        await using (await Transport(acceptFirst: true).ConnectAsync(Token))
        {
            Assert.Equal(_server.HostKey.Split(' ')[..2], (await File.ReadAllTextAsync(_state["accepted"], Token)).Trim().Split(' ')[..2]);
            Assert.Equal("600", Shell.Run("stat", "-c", "%a", _state["accepted"]));
        }

        await using var again = await Transport(acceptFirst: false).ConnectAsync(Token);
        await _server.StopAsync();
        _server.ReplaceHostKeys();
        await _server.StartAgainAsync();

        foreach (var acceptFirst in new[] { true, false })
        {
            var exception = await Assert.ThrowsAsync<TransportException>(() => Transport(acceptFirst).ConnectAsync(Token));
            Assert.Equal(TransportFailure.HostKeyMismatch, exception.Failure);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task N3_a_pinned_key_counts_and_not_the_one_that_was_kept()
    {
        await File.WriteAllTextAsync(
            _state["accepted"], "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu", Token);
        await Assert.ThrowsAsync<TransportException>(() => Transport(acceptFirst: true).ConnectAsync(Token));

        await using var pinned = await Transport(acceptFirst: true, _server.HostKey).ConnectAsync(Token);
        Assert.False(File.Exists(_state["accepted"]), "A key of a first contact would come back into force with the last pin gone.");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task N3_a_kept_key_that_cannot_be_read_trusts_nobody(string text)
    {
        await File.WriteAllTextAsync(_state["accepted"], text, Token);

        var exception = await Assert.ThrowsAsync<TransportException>(() => Transport(acceptFirst: true).ConnectAsync(Token));

        Assert.Equal(TransportFailure.HostKeyMismatch, exception.Failure);
    }

    [Fact(Timeout = 60_000)]
    public async Task N3_a_key_that_cannot_be_kept_is_not_trusted()
    {
        var transport = SftpTransports.Publisher(_server, options =>
        {
            options.HostKeys.Clear();
            (options.AcceptFirstHostKey, options.AcceptedHostKeyFile) = (true, _state["no/such/directory/accepted"]);
        });

        Assert.Contains(
            "could not be kept",
            (await Assert.ThrowsAsync<TransportException>(() => transport.ConnectAsync(Token))).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("userauth", _server.Log, StringComparison.Ordinal);
    }

    private SftpTransport Transport(bool acceptFirst, params string[] hostKeys) => SftpTransports.Publisher(_server, options =>
    {
        options.HostKeys.Clear();
        foreach (var key in hostKeys)
        {
            options.HostKeys.Add(key);
        }

        (options.AcceptFirstHostKey, options.AcceptedHostKeyFile) = (acceptFirst, _state["accepted"]);
    });
}
