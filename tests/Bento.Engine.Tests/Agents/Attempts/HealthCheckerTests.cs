using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bento.Agents.Attempts;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class HealthCheckerTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public void Dispose() => _server.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task An_address_whose_certificate_nobody_trusts_says_that_and_not_to_look_inside()
    {
        _server.Start();
        var served = ServeAsync();
        using var checker = new HealthChecker(new CliWrapProcessRunner(TimeProvider.System), TimeProvider.System);
        var address = new Uri($"https://localhost:{((IPEndPoint)_server.LocalEndpoint).Port}/");

        var problem = await checker.CheckAsync(
            new HealthCheck.Http(address, TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);
        await served;

        Assert.Contains("certificate", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", problem, StringComparison.Ordinal);
    }

    /// <summary>Answers one connection with a certificate of its own making.</summary>
    private async Task ServeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var client = await _server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client hangs up.
        }
    }
}
