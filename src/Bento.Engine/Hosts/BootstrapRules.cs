using System.Text.RegularExpressions;
using Bento.Protocol;
using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What may be said about where hosts find the server.</summary>
internal static partial class BootstrapRules
{
    public static IEnumerable<OptionsProblem> Check(BootstrapOptions server)
    {
        if (!Address().IsMatch(server.Host))
        {
            yield return new(nameof(server.Host), $"'{server.Host}' is not the name or address of a server.");
        }

        foreach (var problem in Bounds.Between(nameof(server.Port), server.Port, 1, ushort.MaxValue))
        {
            yield return problem;
        }

        for (var i = 0; i < server.HostKeys.Count; i++)
        {
            if (!SshPublicKey.TryParse(server.HostKeys[i], null, out _))
            {
                yield return new(
                    $"{nameof(server.HostKeys)}[{i}]", $"'{server.HostKeys[i]}' is not a public key of the form 'ssh-ed25519 AAAA…'.");
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.:_%-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
