using Bento.Sftp;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>Certificates of a real sshd, made by ssh-keygen.</summary>
public sealed class HostCertificateTests : IAsyncLifetime
{
    private readonly TempDirectory _keys = new();
    private SshdServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SshdServer.StartAsync();
        foreach (var name in new[] { "authority", "stranger" })
        {
            Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", name, "-f", _keys[name]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _keys.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task N5_a_certificate_of_the_pinned_authority_for_this_server_is_trusted()
    {
        await CertifyAsync("authority", "-h", "-n", $"other.example,{SshdServer.Address}", "-V", "-1h:+1h");
        await using var session = await Transport(Authority("authority")).ConnectAsync(Token);

        await CertifyAsync("authority", "-h", "-n", "bento.example", "-V", "-1h:+1h");
        await using var named = await Transport(Authority("authority"), "bento.example").ConnectAsync(Token);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(
        "shows a certificate for 'other.example', 'third.example', and not for '127.0.0.1'",
        "authority",
        "-h",
        "-n",
        "other.example,third.example",
        "-V",
        "-1h:+1h")]
    [InlineData("shows a certificate for no name at all", "authority", "-h", "-V", "-1h:+1h")]
    [InlineData("shows a certificate of the authority SHA256:", "stranger", "-h", "-n", "127.0.0.1", "-V", "-1h:+1h")]
    [InlineData("one that has expired", "authority", "-h", "-n", "127.0.0.1", "-V", "-2h:-1h")]
    [InlineData("is not valid yet", "authority", "-h", "-n", "127.0.0.1", "-V", "+1h:+2h")]
    public async Task N5_any_other_certificate_is_refused_and_says_why(string words, string signer, params string[] arguments)
    {
        await CertifyAsync(signer, arguments);

        var exception = await Assert.ThrowsAsync<TransportException>(() => Transport(Authority("authority")).ConnectAsync(Token));

        Assert.Equal(TransportFailure.HostKeyMismatch, exception.Failure);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("userauth", _server.Log, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task N5_a_revoked_key_is_refused_whatever_certifies_or_pins_it()
    {
        await CertifyAsync("authority", "-h", "-n", SshdServer.Address, "-V", "-1h:+1h");
        string[][] pins =
        [
            [Authority("authority"), $"@revoked {_server.HostKey}"],
            [_server.HostKey, $"@revoked {_server.HostKey}"],
            [Authority("authority"), $"@revoked {Line("authority")}"],
        ];

        foreach (var lines in pins)
        {
            var exception = await Assert.ThrowsAsync<TransportException>(() => Transport(lines).ConnectAsync(Token));
            Assert.Contains("is revoked", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task N4_a_server_with_a_certificate_still_shows_the_plain_key_that_is_pinned()
    {
        await CertifyAsync("stranger", "-h", "-n", "other.example", "-V", "-1h:+1h");

        await using var plain = await Transport(_server.HostKey).ConnectAsync(Token);
        await using var both = await Transport([_server.HostKey, Authority("authority")]).ConnectAsync(Token);
    }

    [Fact(Timeout = 60_000)]
    public async Task N4_a_certificate_that_has_expired_hides_no_plain_key_that_is_pinned_beside_the_authority()
    {
        await CertifyAsync("authority", "-h", "-n", SshdServer.Address, "-V", "-2h:-1h");

        await using var both = await Transport([Authority("authority"), _server.HostKey]).ConnectAsync(Token);
        var exception = await Assert.ThrowsAsync<TransportException>(
            () => Transport([Authority("authority"), Line("stranger")]).ConnectAsync(Token));

        Assert.Equal(TransportFailure.HostKeyMismatch, exception.Failure);
        Assert.Contains("which is not pinned", exception.Message, StringComparison.Ordinal);
    }

    private string Line(string name) => File.ReadAllText(_keys[name + ".pub"]).Trim();

    private string Authority(string name) => $"@cert-authority {Line(name)}";

    private SftpTransport Transport(string line, params string[] principals) => Transport([line], principals);

    private SftpTransport Transport(string[] lines, string[]? principals = null) => SftpTransports.Publisher(_server, options =>
    {
        options.HostKeys.Clear();
        foreach (var line in lines)
        {
            options.HostKeys.Add(line);
        }

        foreach (var principal in principals ?? [])
        {
            options.HostPrincipals.Add(principal);
        }
    });

    private async Task CertifyAsync(string signer, params string[] arguments)
    {
        await _server.StopAsync();
        _server.Certify(_keys[signer], arguments);
        await _server.StartAgainAsync();
    }
}
