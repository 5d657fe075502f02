using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Renci.SshNet;
using Renci.SshNet.Messages;

namespace Bento.Sftp;

/// <summary>
/// The three members of SSH.NET that are not public and that <see cref="SshChannel"/> and <see cref="SshConnection"/> need. Its version is
/// pinned in Directory.Packages.props, and a test says so when one of them is gone. They are bound at compile time, without reflection, in
/// the native program too.
/// </summary>
internal static class SshNetInternals
{
    /// <summary>The session of a connected client.</summary>
    /// <exception cref="InvalidOperationException">The client is not connected.</exception>
    public static Session SessionOf(BaseClient client) =>
        GetSession(client) as Session ?? throw new InvalidOperationException("The client is not connected.");

    /// <summary>The socket below a client; null when there is none.</summary>
    public static Socket? SocketOf(BaseClient client) => GetSession(client) is Session session ? GetSocket(session) : null;

    /// <summary>Sends a message, once the socket has room for it.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "SendMessage")]
    public static extern void Send(Session session, Message message);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Session")]
    [return: UnsafeAccessorType("Renci.SshNet.ISession, Renci.SshNet")]
    private static extern object? GetSession(BaseClient client);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    private static extern ref Socket? GetSocket(Session session);
}
