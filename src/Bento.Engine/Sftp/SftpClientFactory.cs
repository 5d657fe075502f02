using System.Diagnostics.CodeAnalysis;
using Bento.Transport;
using Microsoft.Extensions.Logging;
using Renci.SshNet;

namespace Bento.Sftp;

/// <summary>The only place that makes clients: SSH.NET by itself trusts every server, offers broken algorithms and waits for ever.</summary>
internal sealed partial class SftpClientFactory(SftpOptions options, TimeProvider timeProvider, ILogger? logger = null)
{
    private static readonly string[] WeakCiphers = ["3des-cbc", "aes128-cbc", "aes192-cbc", "aes256-cbc"];
    private static readonly string[] WeakMacs = ["hmac-sha1", "hmac-sha1-etm@openssh.com"];
    private static readonly string[] WeakExchanges = ["diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1"];

    private readonly AcceptedHostKey? _accepted = options.AcceptedHostKeyFile is { } path ? new AcceptedHostKey(path) : null;

    /// <summary>Connects and logs in; the client belongs to the caller.</summary>
    public async Task<SftpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var key = SftpKeyFile.Read(options.PrivateKeyFile, options.PrivateKeyPassphraseFile);
        var pins = Pins();
        var attempt = new SftpConnectAttempt(options, pins, pins.IsEmpty && options.AcceptFirstHostKey ? Accept : null);
        try
        {
            return await ConnectAsync(key, attempt, pins.IsEmpty ? HostKeyPins.AnyKey : pins.Algorithms, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.Failure == TransportFailure.HostKeyMismatch && !attempt.WasAsked && pins.PlainAlgorithms.Count > 0)
        {
            // A certificate that nobody renewed hides no key that is pinned beside the authority.
            return await ConnectAsync(key, new SftpConnectAttempt(options, pins), pins.PlainAlgorithms, cancellationToken).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client belongs to the caller, or is disposed aside.")]
    private async Task<SftpClient> ConnectAsync(PrivateKeyFile key, SftpConnectAttempt attempt, IReadOnlyList<string> algorithms, CancellationToken cancellationToken)
    {
        var client = Create(key, attempt, algorithms);
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

    /// <summary>What the configuration pins; only where that is nothing, the key of the first contact, which a pin ends for good.</summary>
    private HostKeyPins Pins()
    {
        IReadOnlyList<string> names = options.HostPrincipals.Count > 0 ? [.. options.HostPrincipals] : [options.Host];
        var pinned = new HostKeyPins(options.HostKeys, names);
        try
        {
            if (!pinned.IsEmpty)
            {
                _accepted?.Forget();
                return pinned;
            }

            return _accepted?.Read() is { } line ? new HostKeyPins([.. options.HostKeys, line], names) : pinned;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException(TransportFailure.HostKeyMismatch, $"It is not known which server to trust: {exception.Message}", exception)
            {
                NextStep = "Pin the key of the server (server.hostKeys), and remove what was kept at first contact.",
            };
        }
    }

    private void Accept(ShownHostKey shown)
    {
        _accepted!.Keep(shown.Key.Span);
        if (logger is not null)
        {
            Log.Accepted(logger, $"{options.Host}:{options.Port}", shown.Fingerprint);
        }
    }

    private SftpClient Create(PrivateKeyFile key, SftpConnectAttempt attempt, IReadOnlyList<string> algorithms)
    {
        var connection = new ConnectionInfo(options.Host, options.Port, options.User, new PrivateKeyAuthenticationMethod(options.User, key))
        {
            Timeout = options.ConnectTimeout,
            ChannelCloseTimeout = TimeSpan.FromSeconds(1),
        };
        Remove(connection.Encryptions, WeakCiphers);
        Remove(connection.HmacAlgorithms, WeakMacs);
        Remove(connection.KeyExchangeAlgorithms, WeakExchanges);

        Remove(connection.HostKeyAlgorithms, [.. connection.HostKeyAlgorithms.Keys.Except(algorithms)]);

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

    private static partial class Log
    {
        [LoggerMessage(EventIds.HostKeyAccepted, LogLevel.Warning, "No host key of {Server} is pinned: accepted {Fingerprint} at first contact", EventName = nameof(Accepted))]
        public static partial void Accepted(ILogger logger, string server, string fingerprint);
    }
}
