using System.Diagnostics.CodeAnalysis;
using Renci.SshNet;

namespace Bento.Sftp;

/// <summary>The only place that makes clients: SSH.NET by itself trusts every server, offers broken algorithms and waits for ever.</summary>
internal sealed class SftpClientFactory(SftpOptions options, TimeProvider timeProvider)
{
    private static readonly string[] WeakCiphers = ["3des-cbc", "aes128-cbc", "aes192-cbc", "aes256-cbc"];
    private static readonly string[] WeakMacs = ["hmac-sha1", "hmac-sha1-etm@openssh.com"];
    private static readonly string[] WeakExchanges = ["diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1"];

    private readonly HostKeyPins _pins = new(options.HostKeys, options.HostPrincipals.Count > 0 ? [.. options.HostPrincipals] : [options.Host]);

    /// <summary>Connects and logs in; the client belongs to the caller.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client belongs to the caller, or is disposed aside.")]
    public async Task<SftpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var key = SftpKeyFile.Read(options.PrivateKeyFile, options.PrivateKeyPassphraseFile);
        var attempt = new SftpConnectAttempt(options, _pins);
        var client = Create(key, attempt);
        using var deadline = new StallDeadline(options.ConnectTimeout, timeProvider, cancellationToken);
        try
        {
            // ConnectAsync and not Connect: only the former ends while a server drips its banner.
            await deadline.Run(client.ConnectAsync).ConfigureAwait(false);
            return client;
        }
        catch (Exception exception)
        {
            SftpDisposal.Begin(client);
            cancellationToken.ThrowIfCancellationRequested();
            throw attempt.Translate(exception);
        }
    }

    private SftpClient Create(PrivateKeyFile key, SftpConnectAttempt attempt)
    {
        var connection = new ConnectionInfo(options.Host, options.Port, options.User, new PrivateKeyAuthenticationMethod(options.User, key))
        {
            Timeout = options.ConnectTimeout,
            ChannelCloseTimeout = TimeSpan.FromSeconds(1),
        };
        Remove(connection.Encryptions, WeakCiphers);
        Remove(connection.HmacAlgorithms, WeakMacs);
        Remove(connection.KeyExchangeAlgorithms, WeakExchanges);

        Remove(connection.HostKeyAlgorithms, [.. connection.HostKeyAlgorithms.Keys.Except(_pins.Algorithms)]);

        var client = new SftpClient(connection) { OperationTimeout = options.OperationTimeout, KeepAliveInterval = options.KeepAliveInterval };
        client.ServerIdentificationReceived += (_, _) => attempt.HasAnswered = true;
        client.HostKeyReceived += attempt.Judge;
        return client;
    }

    private static void Remove<T>(IOrderedDictionary<string, T> algorithms, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            algorithms.Remove(name);
        }
    }
}
