using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bento.Configuration.BashBento;

namespace Bento.Cli.Init;

/// <summary>Writes what <c>config.sh</c> says as a <c>bento.json</c>.</summary>
internal static class ConvertedBentoFile
{
    /// <param name="config">What was read.</param>
    /// <param name="signingKey">The key that signs releases, relative to the Bento directory.</param>
    /// <param name="hidesHosts">Whether a flake beside it would be taken for the fleet.</param>
    public static string Write(ConfigSh config, string signingKey, bool hidesHosts)
    {
        var text = new StringBuilder()
            .AppendLine("{")
            .AppendLine("""  "$schema": "./bento.schema.json",""")
            .AppendLine()
            .AppendLine("  // Created by 'bento init' from config.sh, which Bento no longer reads now that this file exists.")
            .AppendLine($"""  "fleet": {Quote(config.File.Fleet)},""");
        if (hidesHosts)
        {
            _ = text
                .AppendLine()
                .AppendLine("  // The flake.nix beside this file describes no hosts of this fleet; hosts/ does.")
                .AppendLine("""  "layout": "hosts",""");
        }

        if (config.File.Areas is { Directory: { } directory } areas)
        {
            _ = text
                .AppendLine()
                .AppendLine("  // CHROOT_DIR: the areas, owned as an sshd with a chroot for each host requires.")
                .AppendLine($$"""  "areas": { "directory": {{Quote(directory)}}, "ownership": {{Quote(areas.Ownership)}} },""");
        }

        if (config.File.Bootstrap is { } bootstrap)
        {
            _ = text
                .AppendLine()
                .AppendLine(
                    "  // REMOTE_IP and REMOTE_PORT: where hosts that still run bash bento, and new ones, find this server. Add its "
                        + "public host key")
                .AppendLine("  // (/etc/ssh/ssh_host_ed25519_key.pub) to the list, and they accept no other.")
                .AppendLine($$"""  "bootstrap": { "host": {{Quote(bootstrap.Host)}}, "port": {{bootstrap.Port}}, "hostKeys": [] },""");
        }

        return text
            .AppendLine()
            .AppendLine("  // The keys that sign every release. Agents of Bento take no others; bash bento does not check.")
            .AppendLine($$"""  "signing": { "keys": [{{Quote(signingKey)}}] }""")
            .AppendLine("}")
            .ToString();
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
