using Bento.Sftp;
using Bento.TestBench.Sshd;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Sftp;

/// <summary>Transports to a real server.</summary>
internal static class SftpTransports
{
    public static SftpTransport Publisher(SshdServer server, Action<SftpOptions>? change = null, TimeProvider? time = null) =>
        Create(server, server.UserName, server.KeyFileOf(), server.AreasDirectory, change, time);

    public static SftpTransport Agent(SshdServer server, HostName host, Action<SftpOptions>? change = null) =>
        Create(server, host.ToString(), server.KeyFileOf(host), null, change);

    private static SftpTransport Create(
        SshdServer server, string user, string key, string? directory, Action<SftpOptions>? change, TimeProvider? time = null)
    {
        var options = new SftpOptions
        {
            Host = SshdServer.Address,
            Port = server.Port,
            User = user,
            PrivateKeyFile = key,
            Directory = directory,
        };
        options.HostKeys.Add(server.HostKey);
        change?.Invoke(options);
        return new SftpTransport(Options.Create(options), time ?? TimeProvider.System);
    }
}
