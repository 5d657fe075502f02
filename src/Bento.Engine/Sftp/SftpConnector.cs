using Bento.Protocol;
using Bento.Sftp.Wire;
using Bento.Telemetry;
using Bento.Transport;
using Microsoft.Extensions.Logging;
using Renci.SshNet;

namespace Bento.Sftp;

/// <summary>The only place that connects: SSH.NET by itself trusts every server, offers broken algorithms and waits for ever.</summary>
internal sealed partial class SftpConnector(SftpOptions options, TimeProvider timeProvider, ILogger? logger = null)
{
    /// <summary>One pass of the processor encrypts and authenticates; SSH.NET would take a cipher and a MAC of its own.</summary>
    private static readonly string[] FastCiphers = ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com"];

    private static readonly string[] WeakCiphers = ["3des-cbc", "aes128-cbc", "aes192-cbc", "aes256-cbc"];
    private static readonly string[] WeakMacs = ["hmac-sha1", "hmac-sha1-etm@openssh.com"];
    private static readonly string[] WeakExchanges =
    [
        "diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1",
    ];

    private readonly AcceptedHostKey? _accepted = options.AcceptedHostKeyFile is { } path ? new AcceptedHostKey(path) : null;

    /// <summary>Connects, logs in, and begins to speak SFTP.</summary>
    /// <exception cref="TransportException">It cannot, whatever the reason is.</exception>
    public async Task<SftpConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Connect, System.Diagnostics.ActivityKind.Client);
        _ = activity?.SetTag(TagNames.ServerAddress, options.Host).SetTag(TagNames.ServerPort, options.Port);
        try
        {
            return await LogInAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    private async Task<SftpConnection> LogInAsync(CancellationToken cancellationToken)
    {
        using var key = SftpKeyFile.Read(options.PrivateKeyFile, options.PrivateKeyPassphraseFile);
        var pins = Pins();
        var attempt = new SftpConnectAttempt(options, pins, pins.IsEmpty && options.AcceptFirstHostKey ? Accept : null);
        try
        {
            return await ConnectAsync(
                key, attempt, pins.IsEmpty ? HostKeyPins.AnyKey : pins.Algorithms, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception)
            when (exception.Failure == TransportFailure.HostKeyMismatch && !attempt.WasAsked && pins.PlainAlgorithms.Count > 0)
        {
            // A certificate that nobody renewed hides no key that is pinned beside the authority.
            return await ConnectAsync(
                key, new SftpConnectAttempt(options, pins), pins.PlainAlgorithms, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SftpConnection> ConnectAsync(
        PrivateKeyFile key, SftpConnectAttempt attempt, IReadOnlyList<string> algorithms, CancellationToken cancellationToken)
    {
        var ssh = new SshConnection(Create(key, attempt, algorithms), timeProvider);
        using var deadline = new Deadline(options.ConnectTimeout, timeProvider, cancellationToken);
        try
        {
            var channel = await OpenAsync(ssh, attempt, deadline.Token).ConfigureAwait(false);
            return new SftpConnection(ssh, new SftpRequests(new RequestTable(channel, options.OperationTimeout, timeProvider)), options);
        }
        catch (Exception exception)
        {
            ssh.End();
            cancellationToken.ThrowIfCancellationRequested();
            throw attempt.Translate(exception);
        }
    }

    private static async Task<SshChannel> OpenAsync(SshConnection ssh, SftpConnectAttempt attempt, CancellationToken cancellationToken)
    {
        // ConnectAsync and not Connect: only the former ends while a server drips its banner. A part of it waits without looking at the
        // token, and is left to itself.
        var connecting = Task.Run(() => ssh.Client.ConnectAsync(cancellationToken), cancellationToken);
        _ = connecting.ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        attempt.IsLoggedIn = true;
        return await SshChannel.OpenAsync(ssh, "sftp", cancellationToken).ConfigureAwait(false);
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
            throw new TransportException(
                TransportFailure.HostKeyMismatch, $"It is not known which server to trust: {exception.Message}", exception)
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

    private SshClient Create(PrivateKeyFile key, SftpConnectAttempt attempt, IReadOnlyList<string> algorithms)
    {
        var connection = new ConnectionInfo(options.Host, options.Port, options.User, new PrivateKeyAuthenticationMethod(options.User, key))
        {
            Timeout = options.ConnectTimeout,
        };
        Remove(connection.Encryptions, WeakCiphers);
        Prefer(connection.Encryptions, FastCiphers);
        Remove(connection.HmacAlgorithms, WeakMacs);
        Remove(connection.KeyExchangeAlgorithms, WeakExchanges);

        Remove(connection.HostKeyAlgorithms, [.. connection.HostKeyAlgorithms.Keys.Except(algorithms)]);

        var client = new SshClient(connection) { KeepAliveInterval = options.KeepAliveInterval };
        client.ServerIdentificationReceived += (_, _) => attempt.HasAnswered = true;
        client.HostKeyReceived += attempt.Judge;
        return client;
    }

    private static void Prefer<T>(IOrderedDictionary<string, T> algorithms, IReadOnlyList<string> names)
    {
        foreach (var (index, name) in names.Where(algorithms.ContainsKey).Index())
        {
            algorithms.SetPosition(name, index);
        }
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
        [LoggerMessage(
            EventIds.HostKeyAccepted,
            LogLevel.Warning,
            "No host key of {Server} is pinned: accepted {Fingerprint} at first contact",
            EventName = nameof(EventIds.HostKeyAccepted))]
        public static partial void Accepted(ILogger logger, string server, KeyFingerprint fingerprint);
    }
}
