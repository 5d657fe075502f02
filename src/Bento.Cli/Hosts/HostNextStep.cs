using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Hosts;

/// <summary>Says what is left to do before a new host reports.</summary>
internal static class HostNextStep
{
    public static void Write(CliIo io, HostName host, BootstrapOptions? server, bool isPublished)
    {
        io.Error.WriteLine(isPublished
            ? $"Next, on {host}, as root:"
            : $"Next: create hosts/{host}/ if there is no configuration yet, run 'bento deploy --on {host}', and then on {host}, as root:");
        io.Error.WriteLine(server is null
            ? "  (set bootstrap.host in bento.json to the address of the server, and this prints the command)"
            : $"  sftp -P {server.Port} -i /etc/ssh/ssh_host_ed25519_key {host}@{Address(server.Host)}:config/bootstrap.sh . && sh "
                + "bootstrap.sh");
    }

    private static string Address(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
}
