using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Cli.Hosts;

/// <summary>Says what is left to do until a new host reports.</summary>
internal static class HostNextStep
{
    public static void Write(CliIo io, HostName host, BootstrapOptions? server, bool isPublished)
    {
        io.Error.WriteLine(isPublished
            ? $"Next, on {host}, as root:"
            : $"Next: describe it below hosts/ where nothing does yet, run 'bento deploy --on {host}', and then on {host}, as root:");
        io.Error.WriteLine(server is null
            ? "  (say in bento.json where hosts find the server, bootstrap.host, and there will be a command here)"
            : $"  sftp -P {server.Port} -i /etc/ssh/ssh_host_ed25519_key {host}@{Address(server.Host)}:config/bootstrap.sh . && sh bootstrap.sh");
    }

    private static string Address(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
}
