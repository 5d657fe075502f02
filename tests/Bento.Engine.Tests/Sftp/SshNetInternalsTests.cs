using System.Reflection;
using Bento.Sftp;
using Renci.SshNet;

namespace Bento.Engine.Tests.Sftp;

/// <summary>Bento binds three members of SSH.NET that are not public. Whoever moves to another version reads here first.</summary>
public sealed class SshNetInternalsTests
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    [Fact]
    public void The_members_that_Bento_binds_are_there_as_it_binds_them()
    {
        var session = typeof(BaseClient).GetProperty("Session", Hidden)?.GetMethod;
        Assert.True(session?.ReturnType.FullName == "Renci.SshNet.ISession", "BaseClient.Session has changed: see SshNetInternals.");
        Assert.True(typeof(Session).IsAssignableTo(session!.ReturnType), "Session is no ISession any more: see SshNetInternals.");
        Assert.True(
            typeof(Session).GetMethod("SendMessage", Hidden, [typeof(Renci.SshNet.Messages.Message)])?.ReturnType == typeof(void),
            "Session.SendMessage has changed: see SshNetInternals.");
        Assert.True(
            typeof(Session).GetField("_socket", Hidden)?.FieldType == typeof(System.Net.Sockets.Socket),
            "Session._socket has changed: see SshNetInternals.");
    }

    [Fact]
    public void They_bind_and_a_client_that_is_not_connected_has_neither_session_nor_socket()
    {
        using var client = new SshClient("127.0.0.1", "nobody", new PrivateKeyFile(new MemoryStream(Key())));

        Assert.Null(SshNetInternals.SocketOf(client));
        Assert.Throws<InvalidOperationException>(() => SshNetInternals.SessionOf(client));
    }

    [Fact]
    public void The_version_is_the_one_that_this_was_written_for() =>
        Assert.StartsWith(
            "2026.0.0",
            typeof(BaseClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            StringComparison.Ordinal);

    private static byte[] Key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return System.Text.Encoding.ASCII.GetBytes(key.ExportRSAPrivateKeyPem());
    }
}
