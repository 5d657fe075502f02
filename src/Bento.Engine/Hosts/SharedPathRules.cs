using Bento.Processes;
using Bento.Protocol;
using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What may be shared with every directory below <c>hosts/</c>.</summary>
internal static class SharedPathRules
{
    public static IEnumerable<OptionsProblem> Check(string property, string path)
    {
        if (!TreePath.IsBelow(path))
        {
            yield return new OptionsProblem(
                property, $"'{PlainText.OfLine(path)}' is not a path in the Bento directory, such as modules or hosts/common.");
        }
        else if (path == BentoFiles.HostsDirectory)
        {
            yield return new OptionsProblem(property, "It holds every host: name only what they share, such as hosts/common.");
        }
        else if (!path.Contains('/', StringComparison.Ordinal) && (BentoFiles.IsOwn(path) || path == BentoFiles.SecretsDirectory))
        {
            yield return new OptionsProblem(property, $"'{path}' is never shipped.");
        }
    }
}
