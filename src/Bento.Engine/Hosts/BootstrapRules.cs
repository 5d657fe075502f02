using System.Text.RegularExpressions;
using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>What may be said about where hosts find the server; every problem at once.</summary>
internal static partial class BootstrapRules
{
    /// <summary>Why no script can be made, each reason with its path in the options.</summary>
    public static IEnumerable<string> Problems(BootstrapOptions server)
    {
        if (!Address().IsMatch(server.Host))
        {
            yield return $"bootstrap.host: '{server.Host}' is no name or address of a server.";
        }

        if (server.Port is < 1 or > ushort.MaxValue)
        {
            yield return $"bootstrap.port: {server.Port} is not between 1 and {ushort.MaxValue}.";
        }

        foreach (var key in server.HostKeys.Where(key => !SshPublicKey.TryParse(key, null, out _)))
        {
            yield return $"bootstrap.hostKeys: '{key}' is no public key of the form 'ssh-ed25519 AAAA…'.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.:_%-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
