using System.Net.Sockets;
using Bento.Transport;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace Bento.Sftp;

/// <summary>One try to connect: how far it came decides what its failure means.</summary>
internal sealed class SftpConnectAttempt(SftpOptions options, HostKeyPins pins, Action<ShownHostKey>? accept = null)
{
    private bool _isTrusted;
    private string? _refusal;

    public bool HasAnswered { get; set; }

    /// <summary>Whether what the server showed came before the pins; SSH.NET drops a certificate that has expired by itself.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Whether the server let Bento in.</summary>
    public bool IsLoggedIn { get; set; }

    private string Server => $"{options.Host}:{options.Port}";

    /// <summary>Trusts what is pinned and nothing else; refused here, the connection ends before any login.</summary>
    public void Judge(object? sender, HostKeyEventArgs key)
    {
        WasAsked = true;
        var shown = new ShownHostKey(key.HostKeyName, key.HostKey, Certificate(key.Certificate));
        _refusal = accept is null || pins.IsRevoked(shown) ? pins.FindObjection(shown) : Accept(shown);
        _isTrusted = _refusal is null;
        key.CanTrust = _isTrusted;
    }

    public TransportException Translate(Exception exception) => exception switch
    {
        TransportException known => known,
        _ when _refusal is not null => HostKeyMismatch($"The server {Server} {_refusal}. Nothing was sent to it.", exception),
        OperationCanceledException or SshOperationTimeoutException when !HasAnswered =>
            new(
                TransportFailure.Unreachable,
                $"The server {Server} did not answer within {options.ConnectTimeout.TotalSeconds:0} s.",
                exception),
        OperationCanceledException or SshOperationTimeoutException when IsLoggedIn =>
            new(
                TransportFailure.Stalled,
                $"The server {Server} let '{options.User}' in, but did not begin SFTP within {options.ConnectTimeout.TotalSeconds:0} s.",
                exception),
        OperationCanceledException or SshOperationTimeoutException =>
            new(
                TransportFailure.Stalled,
                $"The server {Server} answered, but did not finish the login within {options.ConnectTimeout.TotalSeconds:0} s.",
                exception),
        SshAuthenticationException =>
            LoginRefused($"The server {Server} refuses the login of '{options.User}' with the key '{options.PrivateKeyFile}'.", exception),
        // SSH.NET asks nobody about a certificate that it finds wrong by itself.
        SshConnectionException { DisconnectReason: Renci.SshNet.Messages.Transport.DisconnectReason.KeyExchangeFailed }
            when !_isTrusted && pins.HasAuthorities =>
            HostKeyMismatch(
                $"The server {Server} did not prove itself: it has no certificate, or one that has expired, is not valid yet or is not "
                    + $"signed as it says. {SftpFailure.Text(exception)} Nothing was sent to it.",
                exception),
        SshConnectionException { DisconnectReason: Renci.SshNet.Messages.Transport.DisconnectReason.KeyExchangeFailed } when !_isTrusted =>
            HostKeyMismatch(
                $"The server {Server} and Bento found no common way to prove its pinned host key: {SftpFailure.Text(exception)} Nothing "
                    + "was sent to it.",
                exception),

        // A locked account, a chroot that sshd does not like: it proves itself, then hangs up.
        SshException or SocketException or IOException when _isTrusted =>
            LoginRefused($"The server {Server} closed the connection at the login of '{options.User}'.", exception),
        SshConnectionException or SocketException or IOException =>
            new(TransportFailure.Unreachable, $"The server {Server} cannot be reached: {SftpFailure.Text(exception)}", exception),
        _ => new(TransportFailure.Other, $"The connection to {Server} failed: {SftpFailure.Text(exception)}", exception),
    };

    private string? Accept(ShownHostKey shown)
    {
        try
        {
            accept!(shown);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return $"shows the host key {shown.Fingerprint}, which could not be kept: {exception.Message}";
        }
    }

    private static ShownCertificate? Certificate(Certificate? certificate) => certificate is null
        ? null
        : new ShownCertificate(
            certificate.CertificateAuthorityKey,
            certificate.Type == Renci.SshNet.Security.Certificate.CertificateType.Host,
            [.. certificate.ValidPrincipals],
            certificate.CriticalOptions.Count > 0);

    private static TransportException HostKeyMismatch(string message, Exception exception) =>
        new(TransportFailure.HostKeyMismatch, message, exception)
        {
            NextStep =
                "Compare it with 'ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub' on the server itself; pin the new key only if they "
                    + "are equal.",
        };

    private static TransportException LoginRefused(string message, Exception exception) =>
        new(TransportFailure.LoginRefused, message, exception)
        {
            NextStep =
                "Look at the log of sshd on the server: it says whether the key, the account or the owner of the chroot is the reason.",
        };
}
