using System.Net.Sockets;
using Bento.Transport;
using Renci.SshNet.Common;

namespace Bento.Sftp;

/// <summary>One try to connect: how far it came decides what its failure means.</summary>
internal sealed class SftpConnectAttempt(SftpOptions options, IReadOnlyList<PinnedHostKey> pins)
{
    private bool _isTrusted;
    private string? _shownKey;

    public bool HasAnswered { get; set; }

    private string Server => $"{options.Host}:{options.Port}";

    /// <summary>Trusts a pinned key and nothing else; refused here, the connection ends before any login.</summary>
    public void Judge(object? sender, HostKeyEventArgs key)
    {
        _isTrusted = pins.Any(pin => pin.Matches(key.HostKey));
        key.CanTrust = _isTrusted;
        if (!_isTrusted)
        {
            _shownKey = $"{key.HostKeyName} {PinnedHostKey.Fingerprint(key.HostKey)}";
        }
    }

    public TransportException Translate(Exception exception) => exception switch
    {
        TransportException known => known,
        _ when _shownKey is not null => HostKeyMismatch($"The server {Server} shows the host key {_shownKey}, which is not pinned. Nothing was sent to it.", exception),
        OperationCanceledException or SshOperationTimeoutException when !HasAnswered =>
            new(TransportFailure.Unreachable, $"The server {Server} did not answer within {options.ConnectTimeout.TotalSeconds:0} s.", exception),
        OperationCanceledException or SshOperationTimeoutException =>
            new(TransportFailure.Stalled, $"The server {Server} answered, but did not finish the login within {options.ConnectTimeout.TotalSeconds:0} s.", exception),
        SshAuthenticationException => LoginRefused($"The server {Server} refuses the login of '{options.User}' with the key '{options.PrivateKeyFile}'.", exception),
        SshConnectionException { DisconnectReason: Renci.SshNet.Messages.Transport.DisconnectReason.KeyExchangeFailed } when !_isTrusted =>
            HostKeyMismatch($"The server {Server} and Bento found no common way to prove its pinned host key: {exception.Message} Nothing was sent to it.", exception),

        // A locked account, a chroot that sshd does not like: it proves itself, then hangs up.
        SshConnectionException when _isTrusted => LoginRefused($"The server {Server} closed the connection at the login of '{options.User}'.", exception),
        SshConnectionException or SocketException or IOException => new(TransportFailure.Unreachable, $"The server {Server} cannot be reached: {exception.Message}", exception),
        _ => new(TransportFailure.Other, $"The connection to {Server} failed: {exception.Message}", exception),
    };

    private static TransportException HostKeyMismatch(string message, Exception exception) => new(TransportFailure.HostKeyMismatch, message, exception)
    {
        NextStep = "Compare it with 'ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub' on the server itself; pin the new key only if they are equal.",
    };

    private static TransportException LoginRefused(string message, Exception exception) => new(TransportFailure.LoginRefused, message, exception)
    {
        NextStep = "Look at the log of sshd on the server: it says whether the key, the account or the owner of the chroot is the reason.",
    };
}
