using Bento.Sftp.Wire;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Connection;

namespace Bento.Sftp;

/// <summary>
/// The one channel of a connection, with a subsystem of the server at its other end. SSH.NET would wait for each answer on the way to it,
/// and takes whatever arrives; here the request for the subsystem and the first bytes go out together, and the server is never allowed more
/// than <see cref="WindowBytes"/> that nobody has taken.
/// </summary>
internal sealed class SshChannel : IByteChannel
{
    /// <summary>What may be on its way: at 50 ms a window of 2 MB would hold a line of a gigabit at a third of it.</summary>
    private const uint WindowBytes = 8 * 1024 * 1024;
    private const uint MaxPacketBytes = 32 * 1024;
    private const uint Number = 0;

    private readonly SshConnection _connection;
    private readonly Session _session;
    private readonly TaskCompletionSource<ChannelOpenConfirmationMessage> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SendWindow _window = new();
    private readonly Lock _lock = new();
    private Action<ReadOnlyMemory<byte>>? _onReceived;
    private Action<Exception>? _onClosed;
    private Exception? _closed;
    private uint _peer;
    private int _packetBytes;
    private uint _received;

    private SshChannel(SshConnection connection, Session session)
    {
        (_connection, _session) = (connection, session);
        session.ChannelOpenConfirmationReceived += OnOpened;
        session.ChannelOpenFailureReceived += OnRefused;
        session.ChannelFailureReceived += OnNoSubsystem;
        session.ChannelWindowAdjustReceived += OnWindow;
        session.ChannelDataReceived += OnData;
        session.ChannelExtendedDataReceived += OnOtherData;
        session.ChannelRequestReceived += OnRequest;
        session.ChannelEofReceived += OnEnd;
        session.ChannelCloseReceived += OnClose;
        session.ErrorOccured += OnError;
        session.Disconnected += OnDisconnected;
    }

    /// <summary>
    /// Opens the channel and asks for the subsystem. Whether there is one shows later: the channel closes where there is not.
    /// </summary>
    /// <exception cref="SshException">The server opens no channel.</exception>
    public static async Task<SshChannel> OpenAsync(SshConnection connection, string subsystem, CancellationToken cancellationToken)
    {
        var session = SshNetInternals.SessionOf(connection.Client);
        var channel = new SshChannel(connection, session);
        try
        {
            SshNetInternals.Send(session, new ChannelOpenMessage(Number, WindowBytes, MaxPacketBytes, new SessionChannelInfo()));
            var opened = await channel._opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            channel._peer = opened.RemoteChannelNumber;
            channel._packetBytes = (int)uint.Min(opened.MaximumPacketSize, MaxPacketBytes);
            channel._window.Add(opened.InitialWindowSize);
            if (channel._packetBytes == 0)
            {
                throw new SshException("It opens a channel that takes no data.");
            }

            SshNetInternals.Send(session, new ChannelRequestMessage(channel._peer, new SubsystemRequest(subsystem)));
            return channel;
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var count = await _window.TakeAsync(int.Min(bytes.Length, _packetBytes), cancellationToken).ConfigureAwait(false);
            SshNetInternals.Send(_session, new ChannelDataMessage(_peer, bytes[..count].ToArray()));
            bytes = bytes[count..];
        }
    }

    public void Listen(Action<ReadOnlyMemory<byte>> onReceived, Action<Exception> onClosed)
    {
        Exception? closed;
        lock (_lock)
        {
            (_onReceived, _onClosed, closed) = (onReceived, onClosed, _closed);
        }

        if (closed is not null)
        {
            onClosed(closed);
        }
    }

    /// <summary>Ends the connection too: there is no other channel on it.</summary>
    public void Dispose()
    {
        _session.ChannelOpenConfirmationReceived -= OnOpened;
        _session.ChannelOpenFailureReceived -= OnRefused;
        _session.ChannelFailureReceived -= OnNoSubsystem;
        _session.ChannelWindowAdjustReceived -= OnWindow;
        _session.ChannelDataReceived -= OnData;
        _session.ChannelExtendedDataReceived -= OnOtherData;
        _session.ChannelRequestReceived -= OnRequest;
        _session.ChannelEofReceived -= OnEnd;
        _session.ChannelCloseReceived -= OnClose;
        _session.ErrorOccured -= OnError;
        _session.Disconnected -= OnDisconnected;
        _connection.End();
    }

    private void OnOpened(object? sender, MessageEventArgs<ChannelOpenConfirmationMessage> answer) => _opened.TrySetResult(answer.Message);

    private void OnRefused(object? sender, MessageEventArgs<ChannelOpenFailureMessage> answer) =>
        End(new SshException($"It opens no channel: {answer.Message.Description}"));

    private void OnNoSubsystem(object? sender, MessageEventArgs<ChannelFailureMessage> answer) =>
        End(new SftpProtocolException("it does not offer SFTP"));

    private void OnWindow(object? sender, MessageEventArgs<ChannelWindowAdjustMessage> more) => _window.Add(more.Message.BytesToAdd);

    private void OnData(object? sender, MessageEventArgs<ChannelDataMessage> data)
    {
        _onReceived?.Invoke(data.Message.Data.AsMemory(data.Message.Offset, data.Message.Size));
        Took(data.Message.Size);
    }

    /// <summary>What the server's program writes as errors: nobody reads it.</summary>
    private void OnOtherData(object? sender, MessageEventArgs<ChannelExtendedDataMessage> data) => Took(data.Message.Data.Length);

    /// <summary>Gives the server room again for what was taken. It never had more than the window, else it ignores it.</summary>
    private void Took(int bytes)
    {
        _received += (uint)bytes;
        if (_received > WindowBytes)
        {
            End(new SftpProtocolException("it sends more than it may"));
        }
        else if (_received >= WindowBytes / 2)
        {
            Answer(new ChannelWindowAdjustMessage(_peer, _received));
            _received = 0;
        }
    }

    /// <summary>
    /// Requests of the server: how the program ended, or whether anybody is there. Only the latter is answered, as sshd expects it.
    /// </summary>
    private void OnRequest(object? sender, MessageEventArgs<ChannelRequestMessage> request)
    {
        if (request.Message.RequestData is [not 0, ..])
        {
            Answer(new ChannelFailureMessage(_peer));
        }
    }

    private void OnEnd(object? sender, MessageEventArgs<ChannelEofMessage> end) => End(new SshException("It ended the SFTP session."));

    private void OnClose(object? sender, MessageEventArgs<ChannelCloseMessage> close) =>
        End(new SshException("It ended the SFTP session."));

    private void OnError(object? sender, ExceptionEventArgs error) => End(error.Exception);

    private void OnDisconnected(object? sender, EventArgs end) => End(new SshException("It closed the connection."));

    private void Answer(Renci.SshNet.Messages.Message message)
    {
        try
        {
            SshNetInternals.Send(_session, message);
        }
        catch (Exception exception)
        {
            // An answer that cannot be sent is the end of the connection, whatever the reason is.
            End(exception);
        }
    }

    private void End(Exception exception)
    {
        Action<Exception>? onClosed;
        lock (_lock)
        {
            if (_closed is not null)
            {
                return;
            }

            _closed = exception;
            onClosed = _onClosed;
        }

        _opened.TrySetException(exception);
        _ = _opened.Task.Exception;
        onClosed?.Invoke(exception);
    }
}
