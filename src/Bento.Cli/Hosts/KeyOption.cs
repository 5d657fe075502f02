using System.CommandLine;
using System.Text;
using Bento.Cli.Terminal;
using Bento.Configuration.Json;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Cli.Hosts;

/// <summary>The public key of a host, or the file that holds it. A private key is never taken for one.</summary>
internal static class KeyOption
{
    public static Option<SshPublicKey> Create(CliIo io) => new("--key")
    {
        Description =
            "The public SSH key of the host ('ssh-ed25519 AAAA…'), or a file with it: on NixOS, its /etc/ssh/ssh_host_ed25519_key.pub.",
        HelpName = "KEY",
        Required = true,
        CustomParser = result =>
        {
            var (key, problem) = Read(io, result.Tokens[0].Value);
            if (problem is not null)
            {
                result.AddError($"--key: {problem}");
            }

            return key;
        },
    };

    private static (SshPublicKey? Key, string? Problem) Read(CliIo io, string text)
    {
        if (SshPublicKey.TryParse(text, null, out var key))
        {
            return (key, null);
        }

        var path = io.FullPath(text);
        if (!File.Exists(path))
        {
            return (null, $"'{text}' is neither a public key ('ssh-ed25519 AAAA…') nor a file.");
        }

        try
        {
            var content = Encoding.UTF8.GetString(BoundedFile.Read(path));
            return content.Contains("PRIVATE KEY", StringComparison.Ordinal)
                ? (null, $"'{text}' is a private key, which must stay on its host. Give the public key instead: {text}.pub")
                    : SshPublicKey.TryParse(content, null, out key) ? (key, null)
                    : (null, $"'{text}' must contain one public key: 'ssh-ed25519 AAAA… [comment]'.");
        }
        catch (InvalidFleetException exception)
        {
            return (null, exception.Message);
        }
    }
}
